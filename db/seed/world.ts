/** The demo world. Everybody and everything in it is invented. `daysAgo` counts back from the day of the seed. */

export const DEMO_PASSWORD = 'a table between two seats'

type Person = { key: string; name: string; about?: string; operator?: true; portalModerator?: true }

export const people: Person[] = [
  { key: 'amina', name: 'Amina', about: 'Systems lead at a clinic of forty. Asks before she breaks things.' },
  { key: 'chen', name: 'Chen', about: 'Answers most evenings. Has rebuilt more indexes than he would like.' },
  { key: 'bo', name: 'Bo', about: 'Moderates. Has no stake in any vendor.', portalModerator: true },
  { key: 'dara', name: 'Dara Quinn', about: 'Support at Tern Works: folders, indexes, lost and found mail.' },
  { key: 'sam', name: 'Sam Osei', about: 'Advisor at Tern Works, no commission.' },
  { key: 'lien', name: 'Lien Vos', about: 'Success at Tern Works: invoices, contracts, leaving.' },
  { key: 'joost', name: 'Joost Maes', about: 'Moves mailboxes at Halyard.' },
  { key: 'ravi', name: 'Ravi Menon', about: 'Advisor at Ledgerly.' },
  { key: 'wim', name: 'Wim Aerts', about: 'Success at Marlow.' },
  { key: 'elke', name: 'Elke Brandt', about: 'Support at Wren.' },
  { key: 'tomas', name: 'Tomas', about: 'Sets up mail for small offices.' },
  { key: 'jun', name: 'Jun', about: 'Choosing a mail client for six people.' },
  { key: 'noor', name: 'Noor', about: 'Two accounts, one Mac.' },
  { key: 'priya', name: 'Priya', about: 'Runs the office of a law firm, 26 people.' },
  { key: 'mateo', name: 'Mateo', about: 'Museum, 48 people.' },
  { key: 'ilse', name: 'Ilse', about: 'School administrator, 240 mailboxes.' },
  { key: 'lena', name: 'Lena', about: 'Bookbinder who does her own accounts.' },
  { key: 'henk', name: 'Henk', about: 'Changing provider this year.' },
  { key: 'sigrid', name: 'Sigrid', about: 'Keeps the books of a joinery, eleven people.' },
  { key: 'paolo', name: 'Paolo', about: 'Two bakeries and one ledger.' },
  { key: 'wanda', name: 'Wanda', about: 'Treasurer of a rowing club.' },
  { key: 'ferit', name: 'Ferit', about: 'Invoices for a practice of four physiotherapists.' },
  { key: 'otto', name: 'Otto', about: 'Repairs organs, and writes forty invoices a year.' },
  { key: 'maud', name: 'Maud', about: 'Does the accounts of a theatre by night.' },
  { key: 'olu', name: 'Olu', about: 'Operates this portal.', operator: true },
]

export const categories = [
  { slug: 'mail-clients', name: 'Mail clients' },
  { slug: 'calendars', name: 'Calendars' },
  { slug: 'mail-hosting', name: 'Mail hosting' },
  { slug: 'shared-inboxes', name: 'Shared inboxes' },
  { slug: 'forms', name: 'Forms' },
  { slug: 'bookkeeping', name: 'Bookkeeping' },
  { slug: 'room-booking', name: 'Room booking' },
]

export const vendors = [
  {
    slug: 'tern-works',
    name: 'Tern Works',
    summary: 'Makes a desktop mail client, its phone companion and a shared calendar. Nineteen people in Ghent, paid by subscriptions.',
    products: [
      {
        slug: 'tern-mail',
        name: 'Tern Mail',
        summary: 'Mail for people with several accounts and long memories.',
        categories: ['mail-clients'],
      },
      { slug: 'tern-pocket', name: 'Tern Pocket', summary: 'The same mail on a phone, with less of it.', categories: ['mail-clients'] },
      {
        slug: 'tern-calendar',
        name: 'Tern Calendar',
        summary: 'A calendar that a team shares without a server of its own.',
        categories: ['calendars'],
      },
    ],
    staff: [
      { person: 'lien', role: 'success', askAbout: 'Invoices, contracts, leaving' },
      { person: 'dara', role: 'support', askAbout: 'Folders, indexes, lost and found mail' },
      { person: 'sam', role: 'advisor', askAbout: 'Whether it suits your office, and if not, what does' },
    ],
  },
  {
    slug: 'halyard',
    name: 'Halyard',
    summary: 'Hosts mailboxes, domains and certificates for small organisations. Two people answer the telephone.',
    products: [
      { slug: 'mail-hosting', name: 'Halyard mail hosting', summary: 'Mailboxes, domains and certificates.', categories: ['mail-hosting'] },
    ],
    staff: [{ person: 'joost', role: 'support', askAbout: 'Moving in, moving out, certificates' }],
  },
  {
    slug: 'ledgerly',
    name: 'Ledgerly',
    summary: 'Bookkeeping for offices of two to fifty.',
    products: [{ slug: 'ledgerly', name: 'Ledgerly', summary: 'Books, invoices and reminders.', categories: ['bookkeeping'] }],
    staff: [{ person: 'ravi', role: 'advisor', askAbout: 'Offers and what they leave out' }],
  },
  {
    slug: 'marlow',
    name: 'Marlow',
    summary: 'One inbox for many hands: assigns, reminds and remembers. Thirty people in Leeds.',
    products: [
      {
        slug: 'marlow-desk',
        name: 'Marlow Desk',
        summary: 'A shared inbox for teams that answer together.',
        categories: ['shared-inboxes', 'forms'],
      },
    ],
    staff: [{ person: 'wim', role: 'success', askAbout: 'Moving in from a shared mailbox' }],
  },
  {
    slug: 'wren',
    name: 'Wren',
    summary: 'Forms that answer mail. Four people, since last year.',
    products: [
      { slug: 'wren-forms', name: 'Wren Forms', summary: 'A form for each question that you are asked too often.', categories: ['forms'] },
    ],
    staff: [{ person: 'elke', role: 'support', askAbout: 'Your first form' }],
  },
  {
    slug: 'pennant',
    name: 'Pennant',
    website: 'https://www.pennant.example/rooms',
    summary: 'Signs for meeting rooms that say who sits there until when. Nobody of Pennant has come here yet.',
    products: [
      { slug: 'pennant-rooms', name: 'Pennant Rooms', summary: 'A sign beside each door, and one calendar.', categories: ['room-booking'] },
    ],
    staff: [],
  },
] as const

/** Whom both sides call a customer: of Tern Works after the week, of Ledgerly too. */
export const customers = { 'tern-works': ['amina', 'priya'], ledgerly: ['sigrid', 'paolo', 'wanda', 'ferit', 'otto', 'maud'] } as const

export const communities = [
  {
    slug: 'tern-mail',
    name: 'Tern Mail',
    access: 'open',
    host: 'tern-works',
    product: 'tern-mail',
    moderator: 'bo',
    joinQuestion: '',
    summary: 'The desktop mail client: accounts, filters, search, moving in.',
    rules: 'Say what you saw. Leave out other people’s addresses. Disclose whom you work for.',
    responseTargetHours: 8,
  },
  {
    slug: 'halyard-hosting',
    name: 'Halyard hosting',
    access: 'open',
    host: 'halyard',
    product: 'mail-hosting',
    moderator: 'bo',
    joinQuestion: '',
    summary: 'Mailboxes, domains and certificates at Halyard.',
    rules: 'Be exact about times: the log is in UTC.',
  },
  {
    slug: 'self-hosted-mail',
    name: 'Self-hosted mail',
    access: 'open',
    host: null,
    product: null,
    moderator: 'bo',
    joinQuestion: '',
    summary: 'Running your own server and living to tell about it.',
    rules: 'Independent. Recommend what you use, and say what it costs you.',
  },
  {
    slug: 'moving-a-small-office',
    name: 'Moving a small office',
    access: 'request',
    host: null,
    product: null,
    moderator: 'bo',
    joinQuestion: 'How many people are you, and what are you moving from?',
    summary: 'Offices of five to fifty who are changing provider this year.',
    rules: 'What is said here stays here.',
  },
  {
    slug: 'tern-mail-testers',
    name: 'Tern Mail testers',
    access: 'invitation',
    host: 'tern-works',
    product: 'tern-mail',
    moderator: 'bo',
    joinQuestion: '',
    summary: 'Builds that are not out yet.',
    rules: 'Do not use a build on mail you cannot lose.',
  },
] as const

export const members: Record<(typeof communities)[number]['slug'], string[]> = {
  'tern-mail': ['amina', 'chen', 'tomas', 'jun', 'noor', 'priya', 'mateo', 'dara', 'sam', 'lien'],
  'halyard-hosting': ['ilse', 'tomas', 'amina', 'joost', 'chen'],
  'self-hosted-mail': ['chen', 'tomas', 'lena', 'noor'],
  'moving-a-small-office': ['amina', 'priya', 'ilse'],
  'tern-mail-testers': ['mateo', 'dara', 'chen'],
}

type Comment = { by: string; daysAgo: number; text: string }
type Answer = { by: string; daysAgo: number; text: string; votes?: string[]; comments?: Comment[] }
export type DemoThread = {
  community: (typeof communities)[number]['slug']
  by: string
  daysAgo: number
  title: string
  text: string
  tags: string[]
  votes?: string[]
  comments?: Comment[]
  answers?: Answer[]
  /** Which answer the asker accepted, and when. */
  accepted?: { answer: number; daysAgo: number }
  /** What Bo removed, and what he wrote to its author. */
  removed?: { answer: number; daysAgo: number; facts: string; why: string }
  flags?: { by: string; answer?: number; reason: 'spam' | 'abuse' | 'false' | 'private' | 'off-topic' | 'other'; note: string }[]
}

export type DemoIdea = {
  community: (typeof communities)[number]['slug']
  by: string
  daysAgo: number
  title: string
  text: string
  tags: string[]
  votes?: { by: string; why?: string; shown?: true }[]
  replies?: { by: string; daysAgo: number; text: string }[]
  steps?: { by: string; daysAgo: number; status: 'under-review' | 'planned' | 'started' | 'shipped' | 'declined'; text?: string }[]
}

export const ideas: DemoIdea[] = [
  {
    community: 'tern-mail',
    by: 'mateo',
    daysAgo: 7.1,
    title: 'Export filters to a file, in their order',
    tags: ['filters', 'export'],
    text: 'When a department moves computers we type its filters by hand: 160 rules the last time. A file that holds them in their order, and that another computer reads, would do.',
    votes: [
      { by: 'chen', why: 'I rebuild machines for three offices. The filters are what nobody has written down.', shown: true },
      { by: 'priya', why: 'Two new colleagues a month, each with the firm’s forty rules.' },
      { by: 'amina' },
      { by: 'tomas' },
    ],
    steps: [
      { by: 'dara', daysAgo: 6.4, status: 'planned', text: 'You are right, and it was promised before. It is next.' },
      { by: 'dara', daysAgo: 4.7, status: 'started' },
      {
        by: 'dara',
        daysAgo: 1.9,
        status: 'shipped',
        text: 'It is in **4.3**: *Settings*, *Filters*, *Export*. The file is plain text, keeps the order, and names folders by their path. Mateo read three versions of it before anybody else saw one.',
      },
    ],
  },
  {
    community: 'tern-mail',
    by: 'priya',
    daysAgo: 6.6,
    title: 'Keep a shared address book for the whole office',
    tags: ['contacts'],
    text: 'Twenty-six people keep twenty-six address books of the same courts and notaries. One that the office shares, with somebody who may change it, would end the telephone calls.',
    votes: [{ by: 'amina', why: 'Forty of us, the same.' }, { by: 'ilse' }, { by: 'mateo' }, { by: 'tomas' }, { by: 'noor' }],
    replies: [{ by: 'tomas', daysAgo: 5.2, text: 'Reading would be enough to begin with; who may change it can come later.' }],
    steps: [
      { by: 'sam', daysAgo: 5.9, status: 'under-review' },
      {
        by: 'sam',
        daysAgo: 3.1,
        status: 'started',
        text: 'It is being made, for reading first. You see it in the test room before summer.',
      },
    ],
  },
  {
    community: 'tern-mail',
    by: 'noor',
    daysAgo: 5.4,
    title: 'Show which of my accounts a message came to, in the list',
    tags: ['accounts'],
    text: 'With two accounts in one list I answer from the wrong one every week. A small mark with the colour of the account, in the list, would tell me before I press reply.',
    votes: [{ by: 'jun' }, { by: 'chen' }, { by: 'amina' }],
    steps: [
      {
        by: 'dara',
        daysAgo: 2.8,
        status: 'planned',
        text: 'Planned for 4.4, with a letter beside the colour for those who do not see colours apart.',
      },
    ],
  },
  {
    community: 'tern-mail',
    by: 'amina',
    daysAgo: 3.6,
    title: 'Move a whole folder tree to another account in one go',
    tags: ['folders', 'moving-computers'],
    text: 'Moving a colleague’s folders to the practice’s account means one folder at a time, forty times. Select the tree, choose the account, and let it run overnight.',
    votes: [{ by: 'chen', why: 'I do this for every office that changes provider.' }, { by: 'priya' }, { by: 'noor' }],
    replies: [{ by: 'chen', daysAgo: 3.2, text: 'It would have to say in the morning which messages did not make it.' }],
  },
  {
    community: 'tern-mail',
    by: 'jun',
    daysAgo: 2.6,
    title: 'Show advertisements on the phone, and ask less for it',
    tags: ['phone'],
    text: 'Six of us would look at an advertisement under the list of messages if the subscription for the phone cost half. Others could choose the full price and none.',
    votes: [],
    steps: [
      {
        by: 'sam',
        daysAgo: 1.4,
        status: 'declined',
        text: 'Thank you for thinking of the price. We take no money from advertisers, and will not: mail is read by whoever it is for, and by nobody else.',
      },
    ],
  },
]

export const threads: DemoThread[] = [
  {
    community: 'tern-mail',
    by: 'amina',
    daysAgo: 6.2,
    title: 'Deleted messages come back each time I compact a folder',
    tags: ['folders', 'compacting', 'imap', 'moving-computers'],
    text: `I delete about forty newsletters from one folder, then compact it. The folder shrinks for a second, and then half of the messages are back, marked as read. Deleting them again does not help; they return with the next compaction.

It began when I copied my profile to the new laptop. The old laptop still runs in the kitchen and has the same account open. The error console says this, each time:

\`\`\`
mailbox  INFO   compact “Newsletters” 1,842 → 1,799
index    WARN   1,841 entries, 1,799 messages: rebuilding from server
index    INFO   rebuilt, 1,822 messages
\`\`\`

Is the server sending them again, or is the laptop inventing them?`,
    votes: ['chen', 'tomas', 'noor', 'jun', 'priya'],
    comments: [
      { by: 'tomas', daysAgo: 6.19, text: 'Which deletion model have you set for the account: move to Trash, or mark as deleted?' },
      { by: 'amina', daysAgo: 6.18, text: 'Mark as deleted, on both laptops. I had forgotten that this was a choice.' },
    ],
    answers: [
      {
        by: 'chen',
        daysAgo: 6.16,
        votes: ['amina', 'tomas', 'noor', 'jun', 'priya', 'mateo', 'dara'],
        text: `Neither. Nothing is coming back; the folder’s *index* and the mailbox disagree about what was deleted. While the kitchen laptop holds the folder open, yours may compact the file but not clear the deletion marks on the server, so the index is rebuilt from the server’s list and your newsletters rise again.

In this order, and only in this order:

1. Quit Tern Mail on the kitchen laptop, and the mail program on your phone.
2. Right-click the folder, choose *Properties*, then *Repair folder*. Wait until the status bar is quiet.
3. Delete the forty once more, and compact.
4. On both laptops set *When I delete a message* to *Move it to Trash*, so that it cannot happen again.

If you would rather not quit anything, \`mail.compact.expunge_first = true\` in the advanced settings does the same, a little more slowly.`,
        comments: [
          {
            by: 'amina',
            daysAgo: 4.1,
            text: 'Steps one to three did it: 1,799 and it stays 1,799. Thank you, the kitchen laptop would never have occurred to me.',
          },
          { by: 'jun', daysAgo: 2.4, text: 'Worked for me with a phone in place of the second laptop.' },
        ],
      },
      {
        by: 'dara',
        daysAgo: 3.3,
        votes: ['amina', 'chen', 'priya'],
        text: `Chen has it right. This is our fault: compacting should ask the server to clear its marks first, and in 4.2 it did not. The fix is in 4.2.1. I have put your three log lines on the report, with your leave.`,
      },
      {
        by: 'tomas',
        daysAgo: 2.2,
        votes: ['chen'],
        text: `If your mail lies with Halyard you can see from outside who holds the folder: *Sessions* in the control panel names each device. End the kitchen’s there, and you need not walk.`,
      },
    ],
    accepted: { answer: 0, daysAgo: 4.1 },
  },
  {
    community: 'tern-mail',
    by: 'noor',
    daysAgo: 5.1,
    title: 'Search finds nothing older than March until I rebuild',
    tags: ['search', 'indexes'],
    text: 'Search is quick, but it stops at March. When I rebuild the index it finds everything, and a week later it stops at March again. There are two accounts on this Mac; only the larger one does it.',
    votes: ['priya'],
    answers: [
      {
        by: 'dara',
        daysAgo: 4.9,
        votes: ['noor', 'chen'],
        text: 'The larger account passes 4 GB at about that date. Builds before 4.2 kept one index file for each account; from 4.2 there is one a year. *Settings → Search → Start afresh* moves you over, and takes a night.',
      },
    ],
    accepted: { answer: 0, daysAgo: 3.8 },
  },
  {
    community: 'tern-mail',
    by: 'jun',
    daysAgo: 3.4,
    title: 'Filters run twice on the same message',
    tags: ['filters'],
    text: 'Each message that matches my “invoices” filter is copied twice. The log shows the filter running on arrival and again when the folder is opened. Is that meant to happen?',
    answers: [
      {
        by: 'chen',
        daysAgo: 3.2,
        votes: ['jun'],
        text: 'It is one filter with two triggers: *on arrival* and *when a folder opens* are both ticked by default if you imported it from another program. Untick the second.',
      },
      { by: 'mateo', daysAgo: 3.0, text: 'Just use the other one, everyone does. quickmailfix has a discount this month.' },
    ],
    flags: [
      { by: 'chen', answer: 1, reason: 'spam', note: 'Advertising, and it answers nothing.' },
      { by: 'tomas', answer: 1, reason: 'spam', note: '' },
    ],
  },
  {
    community: 'tern-mail',
    by: 'priya',
    daysAgo: 1.6,
    title: 'One profile on a network drive, two computers?',
    tags: ['profiles', 'moving-computers'],
    text: 'We would like two desks to share one profile on a network drive, never at the same time. Is that safe if both always quit first? What happens on the day that somebody forgets?',
  },
  {
    community: 'tern-mail',
    by: 'mateo',
    daysAgo: 0.8,
    title: 'Message count and folder size disagree',
    tags: ['folders'],
    text: 'The status bar says 12,400 messages, the folder’s properties say 11,950. Repairing the folder changes neither number. Which of them is true?',
  },
  {
    community: 'halyard-hosting',
    by: 'ilse',
    daysAgo: 4.6,
    title: 'How long before the move should I lower the TTL of our MX records?',
    tags: ['dns', 'moving'],
    text: 'We move 240 mailboxes over the last weekend of the month. The records have a TTL of a day. When do I lower it, and to what?',
    votes: ['tomas', 'amina'],
    answers: [
      {
        by: 'joost',
        daysAgo: 4.5,
        votes: ['ilse', 'tomas'],
        text: 'Two days before, to 300 seconds. The old value must have run out everywhere before you switch, so the day itself is what counts, plus one for those who ignore it. Put it back a week later.',
      },
    ],
    accepted: { answer: 0, daysAgo: 4.4 },
  },
  {
    community: 'self-hosted-mail',
    by: 'lena',
    daysAgo: 5.6,
    title: 'Is a second MX at home worth it?',
    tags: ['mx', 'backup'],
    text: 'My server is one small machine. If it is down for a day, senders try again anyway. Does a second MX on my home line buy anything but spam?',
    votes: ['chen', 'noor'],
    answers: [
      {
        by: 'chen',
        daysAgo: 5.4,
        votes: ['lena', 'noor', 'tomas'],
        text: 'No. Senders queue for days, and a backup MX is where the spam goes first, because it rarely knows your recipients. Spend the evening on monitoring.',
      },
      { by: 'tomas', daysAgo: 5.0, text: 'One exception: if you are away for longer than five days and nobody can restart the machine.' },
      { by: 'henk', daysAgo: 4.8, text: 'Cheap licence keys for every mail server, all versions, answered within the hour. Write to me.' },
    ],
    removed: {
      answer: 2,
      daysAgo: 4.6,
      facts: 'The answer offers licence keys for sale and says nothing about the question.',
      why: 'An offer to sell, placed where somebody asked for help, is an advertisement.',
    },
  },
  {
    community: 'moving-a-small-office',
    by: 'amina',
    daysAgo: 2.9,
    title: 'What did you forget when you moved?',
    tags: ['checklist'],
    text: 'We are forty and move before spring. I have mailboxes, calendars, rules, the scanner that mails its scans. What did you find out on the Monday after?',
    answers: [
      {
        by: 'ilse',
        daysAgo: 2.7,
        votes: ['amina', 'priya'],
        text: 'The alarm system. It mailed its faults through our old server and nobody missed them until May.',
      },
    ],
  },
  {
    community: 'tern-mail-testers',
    by: 'dara',
    daysAgo: 1.9,
    title: 'Filter export in build 4.3.0-b2: what is missing from the file?',
    tags: ['filters', 'export'],
    text: 'The export writes every rule with its order and its folders by name. Open it in an editor, compare it with your list, and tell me what did not make it.',
  },
]

export const requests = [
  {
    by: 'lena',
    community: 'self-hosted-mail',
    daysAgo: 3.2,
    title: 'Whom would you use for a shared inbox, with forty people?',
    body: 'Three of us answer the same letters twice a day. We run our own server and want to keep it.',
    tags: [],
    organisationSize: '11-50',
    industry: 'education',
    mustHaves: 'Works with any IMAP server. Says who has a letter.',
    budget: 'Up to 200 a month',
    names: [
      {
        by: 'mateo',
        daysAgo: 2.8,
        named: 'Marlow Desk',
        body: 'We have used it for a year at the museum: who has a letter is seen at once. Reports are thin.',
        relation: 'customer',
        incentive: 'none',
        invitedBy: 'nobody',
        organisationSize: '11-50',
        industry: 'education',
      },
      {
        by: 'joost',
        daysAgo: 2.5,
        named: 'Halyard',
        body: 'Our hosting has shared folders, which is less than you ask for and may be enough. I work there.',
        relation: 'tied',
        incentive: 'none',
        invitedBy: 'nobody',
        organisationSize: null,
        industry: null,
      },
    ],
  },
] as const

export type DemoRecommendation = {
  by: string
  vendor: string
  product: string
  daysAgo: number
  headline: string
  useCase: string
  whatIsGood: string
  whatIsNot: string
  forWhom: string
  verdict: 1 | 2 | 3 | 4 | 5
  ease: number
  support: number
  value: number
  timeUsed: 'under-3-months' | '3-to-12-months' | '1-to-3-years' | 'over-3-years'
  chooseAgain: 'yes' | 'unsure' | 'no'
  relation: 'customer' | 'former-customer' | 'trial' | 'partner' | 'other'
  incentive: 'none' | 'gift' | 'discount' | 'payment'
  invitedBy: 'nobody' | 'vendor' | 'peer'
  /** May be asked to be a reference. */
  reference?: true
  reply?: { by: string; daysAgo: number; text: string }
  flags?: { by: string; reason: 'spam' | 'abuse' | 'false' | 'private' | 'off-topic' | 'other'; note: string }[]
}

export const recommendations: DemoRecommendation[] = [
  {
    by: 'priya',
    vendor: 'tern-works',
    product: 'tern-mail',
    daysAgo: 1.4,
    headline: 'It has never lost a message of ours, and it says so when it is unsure',
    useCase: 'Eleven years of correspondence of a law office, 26 people.',
    whatIsGood: 'Search is quick once the index is built. The people who answer here are the people who write it.',
    whatIsNot: 'Building the index takes a night. Not for offices that share one inbox among many.',
    forWhom: 'Long archives, several accounts, and people who want staff who answer by name.',
    verdict: 5,
    ease: 4,
    support: 5,
    value: 4,
    timeUsed: '1-to-3-years',
    chooseAgain: 'yes',
    relation: 'customer',
    incentive: 'none',
    invitedBy: 'nobody',
  },
  {
    by: 'mateo',
    vendor: 'tern-works',
    product: 'tern-mail',
    daysAgo: 5,
    headline: 'Getting in was easy. Getting our rules out again was not',
    useCase: 'Mail for two departments of a museum, 48 people.',
    whatIsGood: 'Reading and writing mail: nothing to complain of.',
    whatIsNot:
      'There is no export for filters. When two departments moved back we typed 160 rules by hand. I was told it was planned; it was planned last year too.',
    forWhom: 'Not for anyone who may want to leave with their rules.',
    verdict: 2,
    ease: 4,
    support: 3,
    value: 3,
    timeUsed: '3-to-12-months',
    chooseAgain: 'no',
    relation: 'former-customer',
    incentive: 'discount',
    invitedBy: 'nobody',
    reply: {
      by: 'dara',
      daysAgo: 4.2,
      text: 'He is right, and I am sorry about the week it cost them. Filter export is in 4.3, now in testing; Mateo has the build.',
    },
    flags: [{ by: 'sam', reason: 'false', note: 'What I wrote was “we hope for March”.' }],
  },
  {
    by: 'noor',
    vendor: 'tern-works',
    product: 'tern-mail',
    daysAgo: 3.9,
    headline: 'Two accounts, one window, no surprises',
    useCase: 'A private and a work account on one Mac.',
    whatIsGood: 'It keeps the two apart and still searches both at once.',
    whatIsNot: 'The index of the larger account needed help.',
    forWhom: 'Anyone with more than one address.',
    verdict: 4,
    ease: 5,
    support: 4,
    value: 4,
    timeUsed: '1-to-3-years',
    chooseAgain: 'yes',
    relation: 'customer',
    incentive: 'none',
    invitedBy: 'peer',
  },
  {
    by: 'tomas',
    vendor: 'tern-works',
    product: 'tern-mail',
    daysAgo: 3.1,
    headline: 'I set it up for offices, and I am called less',
    useCase: 'Eleven small offices that I look after.',
    whatIsGood: 'Repairs itself more often than not, and tells you what it did.',
    whatIsNot: 'No central settings: each desk is a visit.',
    forWhom: 'Offices of up to fifteen.',
    verdict: 4,
    ease: 3,
    support: 5,
    value: 4,
    timeUsed: 'over-3-years',
    chooseAgain: 'yes',
    relation: 'partner',
    incentive: 'none',
    invitedBy: 'nobody',
  },
  {
    by: 'jun',
    vendor: 'tern-works',
    product: 'tern-calendar',
    daysAgo: 1.2,
    headline: 'Shared without a server, as promised, with one odd rule',
    useCase: 'Trying it with six people before we decide.',
    whatIsGood: 'It took ten minutes to share, and nobody needed an account.',
    whatIsNot: 'Whoever made the calendar must be online once a week.',
    forWhom: 'Groups of up to ten.',
    verdict: 3,
    ease: 5,
    support: 3,
    value: 3,
    timeUsed: 'under-3-months',
    chooseAgain: 'unsure',
    relation: 'trial',
    incentive: 'none',
    invitedBy: 'nobody',
    reference: true,
  },
  {
    by: 'ilse',
    vendor: 'halyard',
    product: 'mail-hosting',
    daysAgo: 2.5,
    headline: 'For a school, again tomorrow. For a newsroom, no',
    useCase: '240 mailboxes of a school, three years.',
    whatIsGood: 'Moving took one weekend and nobody lost a message. Support is two people who know what they are doing.',
    whatIsNot: 'They sleep at night: when our certificate broke at eleven on a Friday, it stayed broken until Saturday.',
    forWhom: 'Schools and small offices with steady hours, and people who want a person on the phone.',
    verdict: 4,
    ease: 4,
    support: 4,
    value: 5,
    timeUsed: 'over-3-years',
    chooseAgain: 'yes',
    relation: 'customer',
    incentive: 'none',
    invitedBy: 'nobody',
    reply: { by: 'joost', daysAgo: 2.1, text: 'True, all of it. The certificate now renews itself and wakes us if it cannot.' },
  },
]

export const vault: Record<string, Record<string, string>> = {
  amina: {
    'real-name': 'Amina Haddad',
    'e-mail': 'amina@lindenhof.example',
    organisation: 'Lindenhof Clinic',
    role: 'Office and systems lead',
    'team-size': '40',
    industry: 'Health care',
    location: 'Berlin',
    phone: '+49 30 5550 142',
    'products-in-use': 'Tern Mail 4.2 on Linux, Halyard mail hosting',
    'time-zone': 'Europe/Berlin',
  },
  priya: { organisation: 'Varma & Lind', role: 'Office manager', 'team-size': '26', industry: 'Legal services' },
  ilse: { organisation: 'Sint-Maarten School', role: 'Administrator', 'team-size': '240', industry: 'Education' },
}

export const grants = [
  { by: 'amina', vendor: 'tern-works', purpose: 'answer', keys: ['role', 'team-size', 'products-in-use'], days: 90 },
  { by: 'amina', vendor: 'halyard', purpose: 'offer', keys: ['team-size'], days: 9 },
  { by: 'priya', vendor: 'tern-works', purpose: 'relationship', keys: ['organisation', 'role', 'team-size'], days: 180 },
] as const

export * from './record'
