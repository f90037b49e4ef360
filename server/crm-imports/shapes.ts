export const KINDS = ['organisation', 'product', 'person', 'affiliation', 'opportunity', 'activity'] as const
export type Kind = (typeof KINDS)[number]

/** What we have a place for. A column that is none of these stays behind. */
export const FIELDS = {
  organisation: ['id', 'name', 'domain', 'parent', 'phone', 'sector', 'employees', 'location', 'owner', 'deleted', 'mergedInto'],
  product: ['id', 'name', 'series', 'price', 'deleted'],
  person: [
    ...['id', 'name', 'givenName', 'familyName', 'email', 'phone', 'title', 'organisation', 'organisationName', 'location', 'basis'],
    ...['optedOut', 'convertedTo', 'owner', 'deleted', 'mergedInto'],
  ],
  affiliation: ['id', 'person', 'organisation', 'role', 'deleted'],
  opportunity: ['id', 'name', 'organisation', 'person', 'product', 'stage', 'amount', 'openedOn', 'closesOn', 'owner', 'deleted'],
  activity: ['id', 'person', 'organisation', 'opportunity', 'about', 'regarding', 'subject', 'text', 'at', 'outcome', 'owner', 'deleted'],
} as const satisfies Record<Kind, readonly string[]>

export type Field = (typeof FIELDS)[Kind][number]
export type Source = 'salesforce' | 'hubspot' | 'maven'

/** How one object of one source is known and read. Columns are compared without regard to case; `|` parts synonyms. */
export interface Shape {
  source: Source
  object: string
  kind: Kind
  /** One of each of these must be there. */
  needs: readonly string[]
  fields: Partial<Record<Field, string>>
}

const SALESFORCE = { id: 'Id', deleted: 'IsDeleted', owner: 'OwnerId' }
const HUBSPOT = { id: 'Record ID' }
const HUBSPOT_LINKS = {
  person: 'Associated Contact IDs',
  organisation: 'Associated Company IDs',
  opportunity: 'Associated Deal IDs',
  at: 'Activity date',
}
const BASIS = "Legal Basis|Legal_Basis__c|Legal basis for processing contact's data"

export const SHAPES: readonly Shape[] = [
  {
    source: 'salesforce',
    object: 'Account',
    kind: 'organisation',
    needs: [
      'Name|Account Name',
      'BillingStreet|BillingCity|ParentId|Website|AccountNumber|Billing Street|Billing City|Account ID|Account Owner',
    ],
    fields: {
      ...SALESFORCE,
      id: 'Id|Account ID',
      name: 'Name|Account Name',
      domain: 'Website',
      parent: 'ParentId|Parent Account ID',
      phone: 'Phone',
      sector: 'Industry',
      employees: 'NumberOfEmployees|Employees',
      location: 'BillingCity|Billing City',
      owner: 'OwnerId|Account Owner',
      mergedInto: 'MasterRecordId',
    },
  },
  {
    source: 'salesforce',
    object: 'Product2',
    kind: 'product',
    needs: ['Name|Product Name', 'ProductCode|Family|Product Code'],
    fields: { id: 'Id', name: 'Name|Product Name', series: 'Family', deleted: 'IsDeleted' },
  },
  {
    source: 'salesforce',
    object: 'Contact',
    kind: 'person',
    needs: ['LastName|Last Name', 'AccountId|MailingStreet|MailingCity|Contact ID|Account Name|ReportsToId'],
    fields: {
      ...SALESFORCE,
      id: 'Id|Contact ID',
      name: 'Name|Full Name',
      givenName: 'FirstName|First Name',
      familyName: 'LastName|Last Name',
      email: 'Email',
      phone: 'MobilePhone|Phone|Mobile',
      title: 'Title',
      organisation: 'AccountId|Account ID',
      organisationName: 'Account Name',
      location: 'MailingCity|Mailing City',
      basis: BASIS,
      optedOut: 'HasOptedOutOfEmail|Email Opt Out',
      mergedInto: 'MasterRecordId',
    },
  },
  {
    source: 'salesforce',
    object: 'Lead',
    kind: 'person',
    needs: ['LastName|Last Name', 'Company'],
    fields: {
      ...SALESFORCE,
      id: 'Id|Lead ID',
      name: 'Name',
      givenName: 'FirstName|First Name',
      familyName: 'LastName|Last Name',
      email: 'Email',
      phone: 'MobilePhone|Phone',
      title: 'Title',
      organisationName: 'Company',
      location: 'City',
      basis: BASIS,
      optedOut: 'HasOptedOutOfEmail',
      convertedTo: 'ConvertedContactId',
      mergedInto: 'MasterRecordId',
    },
  },
  {
    source: 'salesforce',
    object: 'AccountContactRelation',
    kind: 'affiliation',
    needs: ['AccountId', 'ContactId', 'Roles|IsDirect|IsActive'],
    fields: { id: 'Id', person: 'ContactId', organisation: 'AccountId', role: 'Roles', deleted: 'IsDeleted' },
  },
  {
    source: 'salesforce',
    object: 'Opportunity',
    kind: 'opportunity',
    needs: ['StageName|Stage', 'Name|Opportunity Name', 'CloseDate|Close Date'],
    fields: {
      ...SALESFORCE,
      id: 'Id|Opportunity ID',
      name: 'Name|Opportunity Name',
      organisation: 'AccountId|Account ID',
      stage: 'StageName|Stage',
      amount: 'Amount',
      openedOn: 'CreatedDate|Created Date',
      closesOn: 'CloseDate|Close Date',
      owner: 'OwnerId|Opportunity Owner',
    },
  },
  {
    source: 'salesforce',
    object: 'Task',
    kind: 'activity',
    needs: ['WhoId|WhatId', 'Subject'],
    fields: {
      ...SALESFORCE,
      about: 'WhoId',
      regarding: 'WhatId',
      organisation: 'AccountId',
      subject: 'Subject',
      text: 'Description',
      at: 'ActivityDate|ActivityDateTime|StartDateTime',
      outcome: 'Status|CallDisposition',
    },
  },
  {
    source: 'hubspot',
    object: 'Contacts',
    kind: 'person',
    needs: ['Record ID', 'First Name|Last Name|Email', 'Contact owner|Lifecycle Stage|Lead Status|Job Title|Email'],
    fields: {
      ...HUBSPOT,
      givenName: 'First Name',
      familyName: 'Last Name',
      email: 'Email',
      phone: 'Mobile Phone Number|Phone Number',
      title: 'Job Title',
      organisation: 'Associated Company IDs',
      organisationName: 'Company Name|Associated Company',
      location: 'City',
      basis: BASIS,
      optedOut: 'Unsubscribed from all email',
      owner: 'Contact owner',
    },
  },
  {
    source: 'hubspot',
    object: 'Companies',
    kind: 'organisation',
    needs: ['Record ID', 'Company name', 'Company Domain Name|Company owner'],
    fields: {
      ...HUBSPOT,
      name: 'Company name',
      domain: 'Company Domain Name|Website URL',
      phone: 'Phone Number',
      sector: 'Industry',
      employees: 'Number of Employees',
      location: 'City',
      owner: 'Company owner',
    },
  },
  {
    source: 'hubspot',
    object: 'Deals',
    kind: 'opportunity',
    needs: ['Record ID', 'Deal Name'],
    fields: {
      ...HUBSPOT,
      name: 'Deal Name',
      organisation: 'Associated Company IDs',
      person: 'Associated Contact IDs',
      stage: 'Deal Stage',
      amount: 'Amount',
      openedOn: 'Create Date',
      closesOn: 'Close Date',
      owner: 'Deal owner',
    },
  },
  {
    source: 'hubspot',
    object: 'Notes',
    kind: 'activity',
    needs: ['Record ID', 'Note body'],
    fields: { ...HUBSPOT, ...HUBSPOT_LINKS, text: 'Note body' },
  },
  {
    source: 'hubspot',
    object: 'Calls',
    kind: 'activity',
    needs: ['Record ID', 'Call notes'],
    fields: { ...HUBSPOT, ...HUBSPOT_LINKS, text: 'Call notes', outcome: 'Call outcome' },
  },
  {
    source: 'maven',
    object: 'accounts',
    kind: 'organisation',
    needs: ['account', 'sector', 'office_location'],
    fields: {
      id: 'account',
      name: 'account',
      parent: 'subsidiary_of',
      sector: 'sector',
      employees: 'employees',
      location: 'office_location',
    },
  },
  {
    source: 'maven',
    object: 'products',
    kind: 'product',
    needs: ['product', 'series', 'sales_price'],
    fields: { id: 'product', name: 'product', series: 'series', price: 'sales_price' },
  },
  {
    source: 'maven',
    object: 'sales_pipeline',
    kind: 'opportunity',
    needs: ['opportunity_id', 'deal_stage'],
    fields: {
      id: 'opportunity_id',
      organisation: 'account',
      product: 'product',
      stage: 'deal_stage',
      amount: 'close_value',
      openedOn: 'engage_date',
      closesOn: 'close_date',
      owner: 'sales_agent',
    },
  },
]
