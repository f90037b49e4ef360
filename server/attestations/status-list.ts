import { sql } from 'drizzle-orm'
import { deflateSync } from 'node:zlib'
import { db, transaction } from '~/db/client'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { signAlone } from '~/server/platform/signatures'
import { signerFor } from '~/server/platform/signing-keys'
import { systemViewer } from '~/server/viewer'

/** Large enough that asking for a list does not say about whom. */
export const STATUSES_A_LIST = 65_536
const SECONDS_FRESH = 60

/** A list of bits, signed by the portal: one that is set holds no more. */
export async function statusList(number: string): Promise<string> {
  if (!/^\d{1,4}$/.test(number)) throw new NotFound()
  const start = Number(number) * STATUSES_A_LIST
  const rows = await db.execute<{ status_index: number }>(
    sql`select status_index from ended_attestations(${start}, ${start + STATUSES_A_LIST})`,
  )
  const bits = Buffer.alloc(STATUSES_A_LIST / 8)
  for (const { status_index } of rows) {
    const at = status_index - start
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
  }
  const origin = publicOrigins()[0] ?? ''
  const iat = Math.floor(now().getTime() / 1000)
  const signer = await transaction(systemViewer('status-list'), (tx) => signerFor(tx, { kind: 'portal' }))
  const list = { bits: 1, lst: deflateSync(bits).toString('base64url') }
  return signAlone(
    { iss: origin, sub: `${origin}/status/${number}`, iat, exp: iat + SECONDS_FRESH, ttl: SECONDS_FRESH, status_list: list },
    signer,
    {
      typ: 'statuslist+jwt',
    },
  )
}
