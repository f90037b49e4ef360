import { createHash } from 'node:crypto'
import { asc, desc, eq } from 'drizzle-orm'
import { asJob, type Tx } from '~/db/client'
import { agreementCopies, negotiationSteps } from '~/db/schema'
import { publicOrigins } from '~/server/platform/env'
import { canonicalJson } from '~/server/platform/canonical-json'
import { signTogether } from '~/server/platform/signatures'
import { pairwiseName, signerFor } from '~/server/platform/signing-keys'
import type { Terms } from './roster'
import type { Step } from './rules'

const REGISTRY = 'https://customercommons.org/p7012/'
const CONTEXT = {
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  'ieee-7012': 'https://w3id.org/dpv/standards/ieee/7012#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

export type Parties = { negotiationId: string; personId: string; vendorId: string; vendorSlug: string; createdAt: Date }

/** How documents name a vendor. */
export const vendorIri = (slug: string) => `${publicOrigins()[0] ?? ''}/vendors/${slug}#org`
/** No finer than a second, as in the examples of the standard. */
export const second = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`

const named = (terms: Terms) => ({ '@id': `ieee-7012:${terms}` })

/** The interaction record of both sides: who offered what, who answered what, when. */
export async function interactionRecord(of: Parties, steps: (Step & { at: Date })[], settled: Terms) {
  const person = { '@id': await pairwiseName(of.personId, of.vendorId) }
  const vendor = { '@id': vendorIri(of.vendorSlug) }
  const portal = { '@id': `${publicOrigins()[0] ?? ''}/#portal` }
  const who = { person, vendor, portal }
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${of.negotiationId}`,
    '@type': 'ieee-7012:AgreementInteractionRecord',
    'dct:identifier': of.negotiationId,
    'dct:created': { '@type': 'xsd:dateTime', '@value': second(of.createdAt) },
    'ieee-7012:hasFirstParty': person,
    'ieee-7012:hasSecondParty': vendor,
    'ieee-7012:hasAgreementRegistry': { '@id': REGISTRY },
    'ieee-7012:hasAgreement': named(settled),
    'dpv:hasStatus': steps.map((step) => ({
      '@type': `ieee-7012:${step.status}`,
      'dpv:isIndicatedBy': who[step.by],
      'dpv:isIndicatedAtTime': second(step.at),
      'ieee-7012:hasAgreement': named(step.terms),
    })),
  }
}

/** Both sides sign the same bytes, and each keeps the file. */
export async function keepRecord(tx: Tx, of: Parties, settled: Terms): Promise<void> {
  const steps = await tx
    .select()
    .from(negotiationSteps)
    .where(eq(negotiationSteps.negotiationId, of.negotiationId))
    .orderBy(asc(negotiationSteps.seq))
  const signers = [
    await signerFor(tx, { kind: 'person', personId: of.personId, vendorId: of.vendorId }),
    await signerFor(tx, { kind: 'vendor', vendorId: of.vendorId }),
  ]
  const file = canonicalJson(await signTogether(await interactionRecord(of, steps, settled), signers))
  const sha256 = createHash('sha256').update(file).digest('hex')
  const [last] = await asJob(tx, 'negotiate', () =>
    tx
      .select({ version: agreementCopies.version })
      .from(agreementCopies)
      .where(eq(agreementCopies.negotiationId, of.negotiationId))
      .orderBy(desc(agreementCopies.version))
      .limit(1),
  )
  const version = (last?.version ?? 0) + 1
  const copy = { negotiationId: of.negotiationId, version, file, sha256 }
  await asJob(tx, 'negotiate', () =>
    tx.insert(agreementCopies).values([
      { ...copy, side: 'person' },
      { ...copy, side: 'vendor' },
    ]),
  )
}
