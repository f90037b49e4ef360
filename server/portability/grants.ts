import type { vaultFile } from '~/server/vault'

type Grant = Awaited<ReturnType<typeof vaultFile>>['grants'][number]

/** Grants as records of the Data Privacy Vocabulary, which other wallets read. */
export function grantsAsLinkedData(grants: Grant[]) {
  return {
    '@context': { dpv: 'https://w3id.org/dpv#', dct: 'http://purl.org/dc/terms/', schema: 'https://schema.org/' },
    '@graph': grants.map(({ id, vendor, purpose, keys, terms, startsAt, endsAt, revokedAt }) => ({
      '@id': `urn:uuid:${id}`,
      '@type': 'dpv:ConsentRecord',
      'dpv:hasDataController': { 'schema:name': vendor.name, 'schema:identifier': vendor.slug },
      'dpv:hasPurpose': purpose,
      'dpv:hasPersonalData': keys,
      'dct:license': terms,
      'schema:startDate': startsAt,
      'schema:endDate': endsAt,
      ...(revokedAt ? { 'dpv:hasConsentStatus': 'dpv:ConsentWithdrawn', 'dpv:isIndicatedAtTime': revokedAt } : {}),
    })),
  }
}
