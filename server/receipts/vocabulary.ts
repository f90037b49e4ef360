import type { AttributeKey } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'

/** What the words of the portal are called in the vocabulary of W3C (DPV 2.3). */
export const CONTEXT = {
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'ieee-7012': 'https://w3id.org/dpv/standards/ieee/7012#',
  'legal-eu': 'https://w3id.org/dpv/legal/eu#',
  loc: 'https://w3id.org/dpv/loc#',
  pd: 'https://w3id.org/dpv/pd#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
}

export const RECORD_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr'
export const RECEIPT_PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr'

export const PURPOSE: Record<Purpose, string> = {
  answer: 'dpv:CommunicationForCustomerCare',
  relationship: 'dpv:CustomerRelationshipManagement',
  offer: 'dpv:ProvideProductRecommendations',
  research: 'dpv:CommercialResearch',
}

/** What the vocabulary lacks is named here, with what it is a kind of. */
export const PERSONAL_DATA: Record<AttributeKey, { '@id': string; 'skos:broader'?: { '@id': string } }> = {
  'real-name': { '@id': 'pd:Name' },
  'location': { '@id': 'pd:Location' },
  'time-zone': { '@id': 'urn:parley:attribute:time-zone', 'skos:broader': { '@id': 'pd:Location' } },
  'organisation': { '@id': 'pd:CurrentEmployment' },
  'role': { '@id': 'pd:Job' },
  'team-size': { '@id': 'urn:parley:attribute:team-size', 'skos:broader': { '@id': 'pd:Professional' } },
  'industry': { '@id': 'urn:parley:attribute:industry', 'skos:broader': { '@id': 'pd:Professional' } },
  'products-in-use': { '@id': 'urn:parley:attribute:products-in-use', 'skos:broader': { '@id': 'pd:Ownership' } },
  'e-mail': { '@id': 'pd:EmailAddress' },
  'phone': { '@id': 'pd:TelephoneNumber' },
} // prettier-ignore

/** Withdrawing, access, correction, erasure, portability, complaint. */
export const RIGHTS = ['A7-3', 'A15', 'A16', 'A17', 'A20', 'A77']
