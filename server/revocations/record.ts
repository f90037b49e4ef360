export type Link = { nth: number; hash: string }
export type Ended = {
  id: string
  grantId: string
  /** What this vendor’s documents call the person. */
  person: string
  vendorSlug: string
  how: 'revoked' | 'expired'
  endedAt: Date
  link: Link
  origin: string
}
export type Since = { reads: number; refusals: number; firstRefusedAt: Date | null; asOf: Date; head: Link }

const CONTEXT = { dct: 'http://purl.org/dc/terms/', dpv: 'https://w3id.org/dpv#', parley: 'urn:parley:' }
const STATES = { revoked: 'ConsentWithdrawn', expired: 'ConsentExpired' } as const
const linked = ({ nth, hash }: Link) => ({ 'parley:nth': nth, 'parley:hash': hash })

/** What the person and the portal sign when a grant has ended, with its place in the chain of readings. Pure. */
export function endingRecord(of: Ended) {
  const by = of.how === 'revoked' ? of.person : `${of.origin}/#portal`
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${of.id}`,
    '@type': `dpv:${STATES[of.how]}`,
    'dct:identifier': of.id,
    'dct:isPartOf': { '@id': `urn:uuid:${of.grantId}` },
    'dpv:hasDataSubject': { '@id': of.person },
    'dpv:hasDataController': { '@id': `${of.origin}/vendors/${of.vendorSlug}#org` },
    'parley:link': linked(of.link),
    'dpv:hasConsentStatus': [
      { '@type': `dpv:${STATES[of.how]}`, 'dpv:isIndicatedBy': { '@id': by }, 'dpv:isIndicatedAtTime': of.endedAt.toISOString() },
    ],
  }
}

/** What the portal says, when asked, about the time after an ending. Pure. */
export function sinceStatement(of: Ended, { reads, refusals, firstRefusedAt, asOf, head }: Since) {
  return {
    ...endingRecord(of),
    '@id': `urn:parley:reads-since:${of.grantId}:${asOf.getTime()}`,
    '@type': 'parley:ReadsSince',
    'dct:identifier': of.grantId,
    'dct:created': asOf.toISOString(),
    'parley:readsSince': reads,
    'parley:refusalsSince': refusals,
    ...(firstRefusedAt ? { 'parley:firstRefused': firstRefusedAt.toISOString() } : {}),
    'parley:chainUpTo': linked(head),
  }
}
