// What Tern Works knows by itself: companies, people, fields and words of its own, and what is bought.

/** Companies as Tern Works keeps them. */
export const companies: {
  name: string
  country: string
  urgency: 'none' | 'this-year' | 'this-quarter' | 'now'
  domain?: string
  city?: string
  segment?: string
  useCase?: string
  constraints?: string
  under?: { parent: string; kind: 'owns' | 'division' | 'franchise' }
  /** Else it is Dara’s. */
  ownedBy?: string
}[] = [
  { name: 'Norrhavn Holding AB', country: 'SE', urgency: 'none', domain: 'norrhavn.example', city: 'Gothenburg', segment: 'Shipping' },
  {
    name: 'Norrhavn Shipping AB',
    country: 'SE',
    urgency: 'this-quarter',
    domain: 'norrhavn-shipping.example',
    city: 'Malmö',
    segment: 'Shipping',
    useCase: 'Mail on board, where the line is down half of the day.',
    constraints: 'Nothing may be kept outside the union. Every change waits for dry dock.',
    under: { parent: 'norrhavn.example', kind: 'owns' },
  },
  { name: 'Brandt & Söhne GmbH', country: 'DE', urgency: 'none', domain: 'brandt-soehne.example', city: 'Bremen', segment: 'Bakery' },
  {
    name: 'Lindenhof Berlin',
    country: 'DE',
    urgency: 'this-year',
    domain: 'lindenhof.example',
    city: 'Berlin',
    segment: 'Health care',
    ownedBy: 'lien',
  },
]

/** People as Tern Works keeps them, where they work, and what part they have in what is decided there. */
export const contacts: {
  facts: Record<string, string>
  work?: Record<string, string>
  part?: 'champion' | 'economic-buyer'
  member?: string
}[] = [
  {
    work: { company: 'Norrhavn Shipping AB', title: 'Head of office IT', since: '2021-03-01', main: 'on' },
    part: 'champion',
    facts: {
      name: 'Signe Lindqvist',
      email: 'signe.lindqvist@norrhavn-shipping.example',
      phone: '+46 40 10 10 00',
      city: 'Malmö',
      country: 'SE',
      cameFrom: 'event',
      cameFromWords: 'Harbour fair in Gothenburg',
      basis: 'contract',
    },
  },
  {
    facts: { name: 'Lindqvist, Signe', phone: '+46 40 10 10 00', country: 'SE', cameFrom: 'message', basis: 'contract' },
    work: { company: 'Norrhavn Shipping AB', since: '2021-03-01' },
  },
  {
    facts: {
      name: 'June Park',
      email: 'jun@demo.example',
      cameFrom: 'event',
      cameFromWords: 'Harbour fair in Gothenburg',
      basis: 'contract',
    },
    member: 'jun',
    work: { company: 'Norrhavn Shipping AB', title: 'Office manager', since: '2024-01-01', main: 'on' },
  },
  {
    facts: {
      name: 'Onno Brandt',
      email: 'info@brandt-soehne.example',
      city: 'Bremen',
      country: 'DE',
      cameFrom: 'message',
      basis: 'contract',
    },
  },
]

/** Fields that Tern Works keeps beside the portal’s own, and what they say on Norrhavn Shipping. */
export const ownFields: {
  name: string
  kind: 'number' | 'date' | 'choice'
  group: string
  decision: string
  choices?: string
  says: string[]
}[] = [
  {
    name: 'Contract ends',
    kind: 'date',
    group: 'Contract',
    decision: 'Success chooses whom to call three months before a contract ends.',
    says: ['2027-06-30', '2027-12-31'],
  },
  {
    name: 'Mailboxes',
    kind: 'number',
    group: 'Set-up',
    decision: 'Support plans how long a move takes before it promises a day.',
    says: ['140'],
  },
  {
    name: 'Where mail is kept',
    kind: 'choice',
    group: 'Set-up',
    decision: 'Advisors leave out offers that a company’s rules forbid.',
    choices: 'On their own machines\nIn the union\nAnywhere',
    says: ['In the union'],
  },
]

/** What words mean at Tern Works. */
export const glossary: Record<string, string> = {
  'Contract ends': 'The last day on which the present contract holds, whether or not it renews by itself.',
  Customer: 'Somebody with whom both sides have confirmed that a contract holds.',
}

export const system = {
  name: 'Tern Mail counters',
  direction: 'in',
  failureModes: 'Counts closed mailboxes for a day. When the number jumps, wait until the next morning before you call.',
}

/** What Tern Works may sell to the clinic: each stage is something that the clinic does. */
export const buying = {
  reason: 'Three of us talk to offices that may buy, and lose sight of what these asked for.',
  stages: [
    { motion: 'new', sentence: 'Their own people have moved a week of mail and kept it.' },
    { motion: 'new', sentence: 'Whoever guards their data has passed our answers.' },
    { motion: 'new', sentence: 'Their director has agreed to the price in writing.' },
  ],
  on: 'Lindenhof Berlin',
  opportunity: { name: 'Mail for the whole clinic', motion: 'new', amount: '4800', currency: 'EUR' },
  speaks: 'amina',
  steps: [
    { what: 'Send the list of what is kept where', side: 'ours', inDays: 6 },
    { what: 'Name who moves the shared mailboxes', side: 'theirs', inDays: 12 },
  ],
} as const

/** What happens when a first contract is signed, and what is on its way: Lien met them at a fair and hands them to whoever moves their mail. */
export const handOffRule = {
  to: 'lien',
  hours: '16',
  checklist: 'Who decides there, and what they fear\nWhat was agreed beside the contract',
}
export const handOffs = [
  {
    on: 'Lindenhof Berlin',
    ...{ by: 'lien', to: 'dara', hours: '40' },
    why: 'They want to start with the two wards that share an inbox. Their director calls on Mondays.',
    checklist: 'Introduce Dara to their director\nHand on the list of shared mailboxes\nSay what was promised at the fair',
  },
  { on: 'Brandt & Söhne GmbH', by: 'dara', to: 'lien', hours: '80', why: 'Their next shop opens in Ghent.', checklist: '' },
] as const

export const accountTasks = [
  { on: 'Norrhavn Shipping AB', owner: 'dara', inDays: 5, what: 'Ask when the next ship is in dry dock' },
] as const

/** What Tern Works had written down elsewhere before: looked at, and not brought in yet. */
export const broughtAlong = {
  basis: 'none',
  files: [
    {
      name: 'companies-of-the-fair.csv',
      content: [
        'Record ID,Company name,Company Domain Name,City',
        '901,Brandt & Söhne GmbH,brandt-soehne.example,Bremen',
        '902,Ostermann Druck,ostermann-druck.example,Kassel',
        '903,Ostermann Druck GmbH,www.ostermann-druck.example,Kassel',
      ].join('\n'),
    },
    {
      name: 'people-of-the-fair.csv',
      content: [
        "Record ID,First Name,Last Name,Email,Job Title,Associated Company IDs,Unsubscribed from all email,Legal basis for processing contact's data",
        '11,Katrin,Ostermann,katrin@ostermann-druck.example,Owner,902,,Consent',
        '12,Katrin,Ostermann,KATRIN@ostermann-druck.example,Owner,903,true,Consent',
        '13,Piet,Maas,piet@ostermann-druck.example,Printer,902,,',
        '14,Uwe,Brandt,uwe@brandt-soehne,Baker,901,,Contract',
      ].join('\n'),
    },
  ],
} as const
