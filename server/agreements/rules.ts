import type { NEGOTIATION_STATUSES } from '~/db/kinds'
import { isPortable, noWider, reachOf, termsOf, CHAIN, type Terms } from './roster'

export type Status = (typeof NEGOTIATION_STATUSES)[number]
export type Preference = { proffered: Terms; furthest: Terms; agentAccepts: boolean; beyond: 'ask' | 'refuse' }
export type VendorPolicy = { accepts: Terms[]; counter: Terms | null; staffAnswer: boolean }

/** What somebody offers who has chosen nothing: the narrowest there is, with their data handed over when they ask. */
export const USUAL_PREFERENCE: Preference = { proffered: 'SD-BASE-DP', furthest: 'SD-BASE', agentAccepts: true, beyond: 'ask' }
/** A vendor that has published nothing is held to service alone; the portal hands the data over for it. */
export const USUAL_POLICY: VendorPolicy = { accepts: ['SD-BASE', 'SD-BASE-DP'], counter: null, staffAnswer: false }

/** Staff who do not answer for so long have not accepted. */
export const DAYS_FOR_VENDOR = 14
/** A counter-offer waits so long for the person. */
export const DAYS_FOR_PERSON = 30

export const OPEN: readonly Status[] = [
  'AgreementNegotiationPendingResponse',
  'AgreementNegotiationConfirmationRequired',
  'AgreementNegotiationCounterOfferMade',
]

/** TABLE. What may follow; the database holds the same. Nothing leads to a second counter-offer. */
export const NEXT: Partial<Record<Status, readonly Status[]>> = {
  AgreementNegotiationRequested: [
    'AgreementNegotiationPendingResponse',
    'AgreementNegotiationCounterOfferMade',
    'AgreementAccepted',
    'AgreementRefused',
  ],
  AgreementNegotiationPendingResponse: [
    'AgreementNegotiationCounterOfferMade',
    'AgreementAccepted',
    'AgreementRefused',
    'AgreementNegotiationExpired',
  ],
  AgreementNegotiationCounterOfferMade: [
    'AgreementNegotiationConfirmationRequired',
    'AgreementAccepted',
    'AgreementRefused',
    'AgreementNegotiationExpired',
  ],
  AgreementNegotiationConfirmationRequired: ['AgreementAccepted', 'AgreementRefused', 'AgreementNegotiationExpired'],
  AgreementAccepted: ['AgreementNegotiationTerminated'],
}

export const mayFollow = (from: Status, to: Status): boolean => NEXT[from]?.includes(to) ?? false

export type Step = { status: Status; by: 'person' | 'vendor' | 'portal'; terms: Terms }

/** The vendor's published policy answers at once. */
export function vendorAnswers(proffered: Terms, policy: VendorPolicy): Step {
  if (policy.accepts.includes(proffered)) return { status: 'AgreementAccepted', by: 'vendor', terms: proffered }
  if (policy.counter) return { status: 'AgreementNegotiationCounterOfferMade', by: 'vendor', terms: policy.counter }
  if (policy.staffAnswer) return { status: 'AgreementNegotiationPendingResponse', by: 'vendor', terms: proffered }
  return { status: 'AgreementRefused', by: 'vendor', terms: proffered }
}

/** The person's agent answers a counter-offer: within what they said by itself, beyond it never without them. */
export function personAnswers(counter: Terms, preference: Preference): Step {
  const within = acceptable(preference).some((terms) => noWider(counter, terms))
  if (within && preference.agentAccepts) return { status: 'AgreementAccepted', by: 'person', terms: counter }
  if (!within && preference.beyond === 'refuse') return { status: 'AgreementRefused', by: 'person', terms: counter }
  return { status: 'AgreementNegotiationConfirmationRequired', by: 'person', terms: counter }
}

const acceptable = ({ proffered, furthest }: Preference) => [proffered, furthest]

/** Whoever names a limit narrower than the offer means the offer. */
export function consistent(preference: Preference): Preference {
  const [offered, furthest] = [reachOf(preference.proffered), reachOf(preference.furthest)]
  if (!offered || !furthest || CHAIN.indexOf(furthest) >= CHAIN.indexOf(offered)) return preference
  return { ...preference, furthest: termsOf(offered, isPortable(preference.furthest)) }
}
