import { asc, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { erasureNotices, erasureResidues, erasures, vendors } from '~/db/schema'
import { publicOrigins } from '~/server/platform/env'
import { signAlone } from '~/server/platform/signatures'
import { signerFor } from '~/server/platform/signing-keys'

export type Statement = Awaited<ReturnType<typeof statementOf>>

/** What remains, on which ground and until when, and who was told: in the words of DPV, signed by the portal. It names nobody. */
export async function signStatement(tx: Tx, erasureId: string): Promise<string> {
  return signAlone(await statementOf(tx, erasureId), await signerFor(tx, { kind: 'portal' }), { typ: 'application/ld+json' })
}

async function statementOf(tx: Tx, erasureId: string) {
  const [[erasure], kept, told] = await Promise.all([
    tx.select().from(erasures).where(eq(erasures.id, erasureId)),
    tx.select().from(erasureResidues).where(eq(erasureResidues.erasureId, erasureId)).orderBy(asc(erasureResidues.kind)),
    tx
      .select({ slug: vendors.slug, name: vendors.name, dueAt: erasureNotices.dueAt })
      .from(erasureNotices)
      .innerJoin(vendors, eq(vendors.id, erasureNotices.vendorId))
      .where(eq(erasureNotices.erasureId, erasureId))
      .orderBy(asc(vendors.name)),
  ])
  if (!erasure?.carriedOutAt) throw new Error('Nothing was erased yet.')
  const origin = publicOrigins()[0] ?? ''
  return {
    '@context': { 'dct': 'http://purl.org/dc/terms/', 'dpv': 'https://w3id.org/dpv#', 'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#' },
    '@id': `urn:uuid:${erasureId}`,
    '@type': 'eu-gdpr:RightFulfilmentNotice',
    'dct:identifier': erasureId,
    'dct:publisher': { '@id': `${origin}/#portal` },
    'dpv:hasRight': { '@id': 'eu-gdpr:A17' },
    'dpv:hasStatus': [
      { '@type': 'dpv:RequestInitiated', 'dpv:isIndicatedAtTime': second(erasure.createdAt) },
      { '@type': 'dpv:RequestFulfilled', 'dpv:isIndicatedAtTime': second(erasure.carriedOutAt) },
    ],
    'postsKept': erasure.posts,
    'kept': kept.map(({ kind, ground, rows, until }) => ({ what: kind, many: rows, ground: `eu-gdpr:${ground}`, until })),
    'told': told.map(({ slug, name, dueAt }) => ({ '@id': `${origin}/vendors/${slug}#org`, name, 'due': second(dueAt) })),
  } // prettier-ignore
}

const second = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`
