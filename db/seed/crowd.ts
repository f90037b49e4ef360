/** People who have said what they think of a product, each of a house of their own. All of them are invented. */

const FAMILIES = [
  'Lind',
  'Osei',
  'Varga',
  'Moreau',
  'Castell',
  'Brandt',
  'Okafor',
  'Tanaka',
  'Petrov',
  'Silva',
  'Nowak',
  'Larsen',
  'Keane',
  'Rossi',
  'Dubois',
  'Haas',
]
const TRADES = ['Dental', 'Archives', 'Cargo', 'Schools', 'Optics'] as const
/** What is done in the houses of each trade. */
const INDUSTRY = { Dental: 'health', Archives: 'media', Cargo: 'trade', Schools: 'education', Optics: 'making' } as const
const ROLES = ['uses', 'runs', 'leads', 'decides'] as const
const GIVEN = [
  'Kaj',
  'Ruth',
  'Emre',
  'Sofie',
  'Yaw',
  'Marta',
  'Ilya',
  'Nadia',
  'Piet',
  'Hanna',
  'Luc',
  'Aoife',
  'Goran',
  'Mei',
  'Otto',
  'Rosa',
  'Samir',
  'Tove',
  'Ugo',
  'Vera',
]
const SIZES = ['1-10', '11-50', '51-250', '251-1000'] as const
const USED = ['3-to-12-months', '1-to-3-years', 'over-3-years'] as const

type Verdict = 1 | 2 | 3 | 4 | 5
export type Voice = {
  key: string
  name: string
  email: string
  vendor: string
  product: string
  daysAgo: number
  headline: string
  useCase: string
  whatIsGood: string
  whatIsNot: string
  forWhom: string
  verdict: Verdict
  ease: number
  support: number
  value: number
  timeUsed: (typeof USED)[number]
  chooseAgain: 'yes' | 'unsure' | 'no'
  relation: 'customer' | 'partner'
  incentive: 'none' | 'gift'
  invitedBy: 'nobody' | 'vendor'
  organisationSize: (typeof SIZES)[number]
  industry: (typeof INDUSTRY)[keyof typeof INDUSTRY]
  authorRole: (typeof ROLES)[number]
  shownAs: 'handle' | 'unnamed'
  /** Why an independent moderator has taken it down. */
  withheld?: string
}

const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T

const WORDS: Record<Verdict, { headline: string[]; good: string[]; not: string[] }> = {
  5: {
    headline: ['Nobody here answers the same letter twice any more', 'It remembers who promised what', 'We stopped asking who has it'],
    good: [
      'Who has a message is seen at once, and it reminds whoever forgets.',
      'Moving in took a morning. Nothing was lost.',
      'The people who answer are the people who build it.',
    ],
    not: ['Reports are thin.', 'The phone version shows half of it.', 'It wants a tidy list of people, and ours was not.'],
  },
  4: {
    headline: ['Good for the daily work, thin at the edges', 'Does what it says, a little slowly', 'Worth it for the reminders alone'],
    good: ['Assigning and handing over.', 'Search over everybody’s mail.', 'One place for what was promised.'],
    not: ['Large attachments are slow.', 'Rights are all or nothing.', 'The price has risen twice.'],
  },
  3: {
    headline: ['Half of the team likes it', 'Fine until you need a report', 'Useful, once somebody looks after it'],
    good: ['The inbox itself.', 'Reminders.', 'Help came within the day.'],
    not: ['It slows down beyond ten thousand messages.', 'Two of us went back to folders.', 'No export of notes.'],
  },
  2: {
    headline: ['We outgrew it within a year', 'Too much clicking for what it gives'],
    good: ['The first week.', 'It looks clear.'],
    not: ['Rules run in an order that nobody explains.', 'Leaving took longer than moving in.'],
  },
  1: {
    headline: ['It lost our notes, and it took a month to say so'],
    good: ['The people were polite.'],
    not: ['Notes of four weeks were gone.'],
  },
}

/** Of sixty, thirty-five are glad, and one warns. */
const SPREAD: Verdict[] = [5, 4, 5, 5, 3, 5, 4, 5, 5, 4, 5, 2, 5, 5, 4, 5, 3, 5, 4, 5]
const verdictAt = (at: number): Verdict => (at === 57 ? 1 : at === 31 ? 5 : pick(SPREAD, at))

function voice(at: number, vendor: string, product: string, verdict: Verdict, daysAgo: number, like: Partial<Voice> = {}): Voice {
  const [given, family, trade] = [pick(GIVEN, at), pick(FAMILIES, at), pick(TRADES, Math.floor(at / FAMILIES.length))]
  const house = `${family}-${trade}`.toLowerCase()
  const { headline, good, not } = WORDS[verdict]
  return {
    key: `${given}-${family}`.toLowerCase(),
    name: `${given} ${family}`,
    email: `${given.toLowerCase()}@${house}.example`,
    ...{ vendor, product, verdict, daysAgo },
    headline: pick(headline, at),
    useCase: `The shared letters of ${family} ${trade}, which ${3 + (at % 9)} of us answer.`,
    whatIsGood: pick(good, at + 1),
    whatIsNot: pick(not, at + 2),
    forWhom: pick(['Teams that share one address.', 'Not for one person alone.', 'Offices with steady hours.'], at),
    ease: Math.max(1, Math.min(5, verdict + (at % 3) - 1)),
    support: Math.max(2, Math.min(5, verdict + (at % 2))),
    value: Math.max(1, Math.min(5, verdict - (at % 2))),
    timeUsed: pick(USED, at),
    chooseAgain: verdict >= 4 ? 'yes' : verdict === 3 ? 'unsure' : 'no',
    relation: 'customer',
    incentive: 'none',
    invitedBy: 'nobody',
    organisationSize: pick(SIZES, at),
    industry: INDUSTRY[trade],
    authorRole: pick(ROLES, Math.floor(at / 4)),
    shownAs: at % 9 === 4 ? 'unnamed' : 'handle',
    ...like,
  }
}

const marlow = (at: number, like: Partial<Voice> = {}) => voice(at, 'marlow', 'marlow-desk', verdictAt(at), 12 + at * 12, like)

export const crowd: Voice[] = [
  // Every other one was asked by the vendor.
  ...Array.from({ length: 60 }, (_, at) => marlow(at, { invitedBy: at % 2 ? 'vendor' : 'nobody' })),
  marlow(60, { relation: 'partner', verdict: 5 }),
  marlow(61, { verdict: 1, withheld: 'It names a clerk of the vendor and says where she lives.' }),
  marlow(62, { verdict: 5, withheld: 'It is an advertisement for a course.' }),
  ...Array.from({ length: 4 }, (_, at) =>
    voice(64 + at, 'wren', 'wren-forms', 5, 20 + at * 9, {
      headline: pick(
        ['The letters that came every day come no more', 'One form, and a quiet Monday', 'Small, new, and it works', 'It took an hour'],
        at,
      ),
      whatIsNot: 'It is young: ask again in a year.',
    }),
  ),
]
