import { publicOrigins } from '~/server/platform/env'
import type { vaultFile } from '~/server/vault'

type Grant = Awaited<ReturnType<typeof vaultFile>>['grants'][number]

export const grantContext = { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/', schema: 'https://schema.org/' }

/** Grants as records of the Data Privacy Vocabulary, which other wallets read; each says in which portal it was given. */
export function grantsAsLinkedData(grants: Grant[]) {
  const portal = publicOrigins()[0] ?? ''
  return grants.map(({ id, vendor, purpose, keys, terms, startsAt, endsAt, revokedAt }) => ({
    '@id': `urn:uuid:${id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:source': portal,
    'dpv:hasDataController': { 'schema:name': vendor.name, 'schema:identifier': vendor.slug },
    'dpv:hasPurpose': purpose,
    'dpv:hasPersonalData': keys,
    'dct:license': terms,
    'schema:startDate': startsAt,
    'schema:endDate': endsAt,
    ...(revokedAt ? { 'dpv:hasConsentStatus': 'dpv:ConsentWithdrawn', 'dpv:isIndicatedAtTime': revokedAt } : {}),
  }))
}
