import { inArray } from 'drizzle-orm'
import { db } from '~/db/client'
import { vendors } from '~/db/schema'
import { networkOf } from '~/server/accounts'
import { countAgainst } from '~/server/limits'
import { findPublishedKey, holdersOf } from '~/server/platform/signing-keys'
import { verifyAlone, verifyTogether, type FindKey, type GeneralJWS } from '~/server/platform/signatures'

/** Longer than any record that is signed here. */
export const LONGEST_SIGNED = 60_000

type Signed = { kid: string; holder: 'portal' | 'vendor' | 'person' | 'unknown'; vendorName: string | null }
/** What a statement about the time after an ending counts. */
type Counted = { reads: number; refusals: number; firstRefused: string; asOf: string }
export type Checked =
  | { holds: true; kind: string; identifier: string; signed: Signed[]; states: { state: string; at: string }[]; counted: Counted | null }
  | { holds: false }

/** Whether every signature holds, and whose they are. Nothing of it is kept. `find` looks somewhere else for keys, as a program offline does. */
export async function checkSigned(text: string, find: FindKey = findPublishedKey): Promise<Checked> {
  if (text.length > LONGEST_SIGNED) return { holds: false }
  const verified = await verifiedText(text.trim(), find)
  if (!verified) return { holds: false }
  const record = (verified.record ?? {}) as Record<string, unknown>
  const inner = [record['dpv:hasRecordOfActivity']].flat()[0] as Record<string, unknown> | undefined
  const states = [(inner ?? record)['dpv:hasStatus'] ?? (inner ?? record)['dpv:hasConsentStatus'] ?? []].flat() as Record<string, unknown>[]
  return {
    holds: true,
    kind: bounded([record['@type'] ?? verified.typ ?? ''].flat()[0]),
    identifier: bounded(record['dct:identifier'] ?? record['@id']),
    signed: await Promise.all(verified.kids.map(async (kid) => ({ kid, holder: 'unknown' as const, vendorName: null }))),
    states: states
      .slice(0, 50)
      .map((state) => ({ state: bounded([state['@type']].flat()[0]), at: bounded(state['dpv:isIndicatedAtTime']) })),
    counted: countedIn(record),
  }
}

/** The same on a public page: it says whose the keys are, and is asked only so often. */
export async function checkInPublic(text: string, from: string): Promise<Checked> {
  await countAgainst('verify-from', networkOf(from))
  const checked = await checkSigned(text)
  if (!checked.holds) return checked
  const holders = await holdersOf(checked.signed.map(({ kid }) => kid))
  const ids = holders.flatMap(({ vendorId }) => (vendorId ? [vendorId] : []))
  const names = ids.length > 0 ? await db.select({ id: vendors.id, name: vendors.name }).from(vendors).where(inArray(vendors.id, ids)) : []
  return {
    ...checked,
    signed: checked.signed.map(({ kid }) => {
      const key = holders.find((holder) => holder.kid === kid)
      return { kid, holder: key?.holder ?? 'unknown', vendorName: names.find(({ id }) => id === key?.vendorId)?.name ?? null }
    }),
  }
}

async function verifiedText(text: string, find: FindKey) {
  if (!text.startsWith('{')) {
    const alone = await verifyAlone(text, find)
    return alone
  }
  try {
    const together = await verifyTogether(JSON.parse(text) as GeneralJWS, find)
    return together ? { ...together, typ: undefined } : null
  } catch {
    return null
  }
}

function countedIn(record: Record<string, unknown>): Counted | null {
  const [reads, refusals] = [record['parley:readsSince'], record['parley:refusalsSince']]
  if (record['@type'] !== 'parley:ReadsSince' || typeof reads !== 'number' || typeof refusals !== 'number') return null
  return { reads, refusals, firstRefused: bounded(record['parley:firstRefused']), asOf: bounded(record['dct:created']) }
}

const bounded = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
