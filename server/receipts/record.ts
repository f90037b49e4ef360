import type { CONSENT_STATES } from '~/db/kinds'
import type { Terms } from '~/server/agreements/types'
import type { AttributeKey, FieldKey } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import { CONTEXT, PERSONAL_DATA, PURPOSE, RECEIPT_PROFILE, RECORD_PROFILE, RIGHTS } from './vocabulary'

export type ConsentState = (typeof CONSENT_STATES)[number]
export type ConsentEvent = {
  state: ConsentState
  keys: string[] | null
  by: 'person' | 'vendor' | 'portal'
  at: Date
  validUntil: Date | null
}
export type Consented = {
  grantId: string
  /** What this vendor’s documents call the person. */
  person: string
  vendor: { slug: string; name: string; website: string | null; since: Date | null; version: number }
  agreementId: string | null
  terms: Terms | 'BEFORE-TERMS'
  purpose: Purpose
  keys: FieldKey[]
  startsAt: Date
  endsAt: Date
  origin: string
}

/** How each state is said: by a form whose boxes nobody had ticked, by one button, or by the clock. */
const METHOD: Record<ConsentState, string> = {
  ConsentRequested: 'a request in one sentence',
  ConsentRequestDeferred: 'a button: later',
  ConsentRefused: 'a box that was left empty',
  ConsentGiven: 'web form, unticked boxes',
  ConsentWithdrawn: 'grant page, one button and its confirmation',
  ConsentRevoked: 'an act of somebody else',
  ConsentExpired: 'the last day that was chosen',
  ConsentInvalidated: 'an act of somebody else',
}
/** A vendor that has read something may keep no copy longer than this once the consent has ended. */
const DAYS_TO_DELETE = 30
const DAY_MS = 86_400_000

const second = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`
const day = (moment: Date) => moment.toISOString().slice(0, 10)

/** The consent as ISO/IEC TS 27560 structures it, in the shape of its DPV profile. Pure: the same consent is always the same record. */
export function consentRecord(of: Consented, events: ConsentEvent[]) {
  const { origin, vendor } = of
  const vendorIri = `${origin}/vendors/${vendor.slug}#org`
  const who = { person: { '@id': of.person }, vendor: { '@id': vendorIri }, portal: { '@id': `${origin}/#portal` } }
  return {
    '@id': `urn:uuid:${of.grantId}`,
    '@type': 'dpv:ConsentRecord',
    'dct:identifier': of.grantId,
    'dct:conformsTo': { '@id': RECORD_PROFILE },
    'dpv:hasDataSubject': { '@id': of.person, '@type': 'dpv:Customer' },
    'dpv:hasDataController': {
      '@id': vendorIri,
      '@type': 'dpv:Organisation',
      'dpv:hasName': vendor.name,
      'dpv:hasAddress': vendor.website ?? `${origin}/vendors/${vendor.slug}`,
      'dpv:hasContact': `${origin}/vendors/${vendor.slug}#ask`,
    },
    'dpv:hasJurisdiction': { '@id': 'loc:EU' },
    'dpv:hasApplicableLaw': { '@id': 'legal-eu:law-GDPR' },
    'dpv:hasNotice': {
      '@id': `${origin}/vendors/${vendor.slug}/terms?v=${vendor.version}`,
      '@type': 'dpv:ConsentNotice',
      'dct:language': 'en',
      ...(vendor.since ? { 'dct:date': day(vendor.since) } : {}),
    },
    ...(of.agreementId && of.terms !== 'BEFORE-TERMS'
      ? { 'ieee-7012:hasAgreement': { '@id': `ieee-7012:${of.terms}`, 'dct:source': { '@id': `urn:uuid:${of.agreementId}` } } }
      : {}),
    'dpv:hasProcess': of.keys.map((key) => processLine(of, key, vendorIri)),
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dpv:isExercisedAt': { '@id': `${origin}/me/grants/${of.grantId}` },
    },
    'dpv:hasRight': RIGHTS.map((article) => ({ '@id': `eu-gdpr:${article}` })),
    'dpv:hasConsentStatus': events.map((event) => ({
      '@type': event.state === 'ConsentGiven' ? ['dpv:ConsentGiven', 'dpv:ExpressedConsent'] : `dpv:${event.state}`,
      'dpv:isIndicatedBy': who[event.by],
      'dpv:hasIndicationMethod': METHOD[event.state],
      'dpv:isIndicatedAtTime': second(event.at),
      ...(event.validUntil ? { 'dct:valid': second(event.validUntil) } : {}),
      ...(event.keys ? { 'dpv:hasPersonalData': event.keys.map((key) => personalData(key)) } : {}),
    })),
  }
}

/** What somebody called a field of their own stays with them: here it is an id, and a kind of personal data. */
const personalData = (key: string) =>
  PERSONAL_DATA[key as AttributeKey] ?? { '@id': `urn:parley:attribute:${key}`, 'skos:broader': { '@id': 'dpv:PersonalData' } }

function processLine(of: Consented, key: FieldKey, vendorIri: string) {
  const days = Math.max(1, Math.ceil((of.endsAt.getTime() - of.startsAt.getTime()) / DAY_MS))
  return {
    '@id': `urn:uuid:${of.grantId}#${key}`,
    '@type': 'dpv:Process',
    'dct:identifier': `${of.grantId}#${key}`,
    'dpv:hasPurpose': { '@id': PURPOSE[of.purpose] },
    'dpv:hasService': { '@id': `${of.origin}/` },
    'dpv:hasPersonalData': { ...personalData(key), 'dpv:hasNecessity': { '@id': 'dpv:Optional' } },
    'dpv:hasProcessing': [{ '@id': 'dpv:Consult' }, { '@id': 'dpv:Use' }],
    'dpv:hasLegalBasis': { '@id': 'eu-gdpr:A6-1-a' },
    'dpv:hasRecipient': { '@id': vendorIri },
    'dpv:hasDataSource': { '@id': of.person },
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': { '@id': `${of.origin}/#vault` } },
      { '@type': 'dpv:StorageDuration', 'dpv:hasDuration': `P${days}D` },
      { '@type': 'dpv:StorageDeletion', 'dpv:hasDuration': `P${DAYS_TO_DELETE}D` },
    ],
  }
}

/** What both sides sign and keep. */
export function consentReceipt(of: Consented, events: ConsentEvent[], version: number) {
  const identifier = `${of.grantId}/${version}`
  return {
    '@context': CONTEXT,
    '@id': `urn:parley:receipt:${identifier}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:identifier': identifier,
    'dpv:hasIdentifier': identifier,
    'dct:conformsTo': { '@id': RECEIPT_PROFILE },
    'dct:created': second(events.at(-1)?.at ?? of.startsAt),
    'dct:publisher': { '@id': `${of.origin}/#portal` },
    'dpv:hasRecordOfActivity': [consentRecord(of, events)],
  }
}
