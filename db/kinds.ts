/** What a decision does. */
export const ACTS = [
  'hide',
  'restore',
  'lock',
  'unlock',
  'warn',
  'unwarn',
  'silence',
  'unsilence',
  'suspend',
  'unsuspend',
  'keep',
  'warn-reporter',
  'discount-reporter',
  'trust-reporter',
] as const

/** What something is flagged for. */
export const FLAG_REASONS = ['spam', 'abuse', 'false', 'private', 'illegal', 'off-topic', 'other'] as const

/** What a decision rests on: a clause of the portal's rules, one of the community's own, or the law. The last says that nothing was broken. */
export const RULES = ['civil', 'private', 'advertising', 'disclosure', 'false', 'off-topic', 'community', 'law', 'none'] as const

/** What can hold a post back until a moderator has looked at it. */
export const POST_CHECKS = ['links', 'domain', 'words', 'repeated', 'typing', 'approval'] as const

/** Whose posts a room reads before others do: nobody's, the first of a new member, or all until they have settled in. */
export const APPROVALS = ['none', 'first-post', 'every-post'] as const

/** What a vendor may say that a recommendation breaks: that it is unwelcome is none of them. */
export const DISPUTE_RULES = ['civil', 'private', 'advertising', 'disclosure', 'false', 'law'] as const

/** What somebody who speaks of a vendor discloses: what they are to it, what they got, and who asked them. */
export const RELATIONS = ['customer', 'former-customer', 'trial', 'partner', 'other'] as const
export const INCENTIVES = ['none', 'gift', 'discount', 'payment'] as const
export const INVITED_BY = ['nobody', 'vendor', 'peer'] as const
/** Whoever is tied to a vendor recommends nothing of it, and may name it to those who ask, if they say so. */
export const NAMING_RELATIONS = [...RELATIONS, 'tied'] as const

export const TIMES_USED = ['under-3-months', '3-to-12-months', '1-to-3-years', 'over-3-years'] as const
export const CHOOSE_AGAIN = ['yes', 'unsure', 'no'] as const

/** Where somebody uses it, as they say. */
export const ORGANISATION_SIZES = ['1-10', '11-50', '51-250', '251-1000', 'over-1000'] as const
export const INDUSTRIES = ['software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other'] as const
export const AUTHOR_ROLES = ['uses', 'runs', 'leads', 'decides', 'advises'] as const

/** What a person may let a delegate do in their name. */
export const DELEGATE_SCOPES = ['vault:read', 'grants:read', 'grants:write', 'questions:read', 'questions:write'] as const
/** What changes something, and so waits for the person unless they said beforehand that it need not. */
export const DELEGATE_WRITES = ['grants:write', 'questions:write'] as const

/** The public roster of IEEE 7012, by the names of DPV 2.3. */
export const TERMS = [
  'SD-BASE',
  'SD-BASE-DP',
  'SD-BASE-A',
  'SD-BASE-A-DP',
  'SD-BASE-AT',
  'SD-BASE-AT-DP',
  'SD-BASE-ATP',
  'SD-BASE-ATP-DP',
  'SD-BASE-ATP-S3P',
  'SD-BASE-ATP-S3P-DP',
  'PDC-INTENT',
  'PDC-AI',
  'PDC-GOOD',
] as const
/** How a negotiation about terms stands, by the names of DPV 2.3. */
export const NEGOTIATION_STATUSES = [
  'AgreementNegotiationRequested',
  'AgreementNegotiationInitiated',
  'AgreementNegotiationPendingResponse',
  'AgreementNegotiationClarificationRequired',
  'AgreementNegotiationConfirmationRequired',
  'AgreementNegotiationCounterOfferMade',
  'AgreementAccepted',
  'AgreementRefused',
  'AgreementNegotiationRefused',
  'AgreementNegotiationExpired',
  'AgreementNegotiationTerminated',
  'AgreementNegotiationInvalid',
  'AgreementNegotiationPaused',
  'AgreementNegotiationUnknown',
] as const

/** How a consent stands, by the names of ISO/IEC TS 27560 in DPV. */
export const CONSENT_STATES = [
  'ConsentRequested',
  'ConsentRequestDeferred',
  'ConsentRefused',
  'ConsentGiven',
  'ConsentWithdrawn',
  'ConsentRevoked',
  'ConsentExpired',
  'ConsentInvalidated',
] as const

/** What may remain of somebody who was erased. */
export const RESIDUES = [
  'customer-states',
  'agreements',
  'receipts',
  'vendor-notes',
  'open-cases',
  'open-disputes',
  'open-contests',
  'open-appeals',
  'decisions',
  'posts',
] as const

/** What a vendor’s own field stands on. What a person says of themself belongs to their vault. */
export const FIELD_OBJECTS = ['account', 'relationship'] as const
export const FIELD_KINDS = ['text', 'number', 'date', 'choice', 'yes-no'] as const
/** There is no class for what is sensitive: such a field is not made. */
export const FIELD_CLASSES = ['business', 'public', 'personal'] as const
/** By whose hand a value may come. */
export const FIELD_SOURCES = ['staff', 'import', 'enriched'] as const

/** What was done to something that stands on the record, and what it was done to. */
export const AUDIT_ACTS = ['created', 'changed', 'restored', 'confirmed', 'ended'] as const
export const AUDIT_OBJECTS = ['account', 'organization', 'relationship', 'field', 'definition', 'steward', 'integration'] as const

/** What somebody at a vendor looks after. */
export const STEWARDED = ['accounts', 'contacts', 'relationships', 'fields', 'glossary', 'integrations'] as const
/** Whether a system fills the record, is filled from it, or both. */
export const DIRECTIONS = ['in', 'out', 'both'] as const

/** Why something is bought: for the first time, more of it, or once more. */
export const MOTIONS = ['new', 'expansion', 'renewal'] as const
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'DKK', 'NOK', 'PLN'] as const
/** Seen from the vendor. */
export const PLAN_SIDES = ['ours', 'theirs'] as const
export const OUTCOMES = ['won', 'lost', 'no-decision'] as const

/** What a vendor can promise whoever asks it, in the order in which it happens. */
export const CLOCK_TARGETS = ['first', 'next', 'resolution'] as const
/** Why a promise stands still. */
export const PAUSE_REASONS = ['waiting-asker'] as const

/** What makes a record change hands by itself: the first time a company buys something, signs, or comes up for renewal. */
export const HAND_OFF_TRIGGERS = ['first-opportunity', 'first-contract', 'renewal'] as const
export const HAND_OFF_CAUSES = ['by-hand', ...HAND_OFF_TRIGGERS] as const
export const HAND_OFF_ENDS = ['accepted', 'returned', 'withdrawn'] as const

/** By what a vendor reaches somebody who did not write to it: a request for fields, a plan, the proposal of a state, the offer of a private case. */
export const REACHES = ['fields', 'plan', 'state', 'case'] as const

/** Where an import of a customer database is: looked at, being brought in, broken off, in, or taken out again. */
export const IMPORT_STATES = ['checked', 'running', 'broken', 'done', 'undone'] as const
/** What became of a row: made, known already, added to the one that it repeats, or left outside. */
export const IMPORT_ENDS = ['made', 'known', 'joined', 'left'] as const
/** What an import makes, and in which order undoing takes it away. */
export const IMPORT_MAKES = ['consent', 'work', 'edge', 'key', 'contact', 'account', 'organization'] as const

/** Why somebody may be kept: the six grounds of the law. All but a contract go with a day by which they are asked. */
export const BASES = ['consent', 'contract', 'legitimate-interest', 'legal-obligation', 'vital-interest', 'public-task'] as const

/** How often in thirty days somebody lets a vendor reach them; the last is more than anybody asks of somebody who wants quiet. */
export const HOW_OFTEN = ['0', '1', '2', '4', '8', '30'] as const

/** What the health of an account is weighed from: acts of the customer, each with its own half-life. */
export const HEALTH_MEASURES = ['commitments', 'active', 'roles', 'questions', 'recommendations'] as const
/** Why it is lower than its measures say, or may soon be. */
export const HEALTH_REASONS = ['champion-left', 'commitment-overdue', 'fewer-active'] as const
export const ACCOUNT_TASKS = ['by-hand', 'new-champion'] as const
/** What somebody does in a community that says how far they are at home there. */
export const LEVEL_ACTS = ['asked', 'answered', 'proposed', 'replied', 'commented', 'accepted'] as const
