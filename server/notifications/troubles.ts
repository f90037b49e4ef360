import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { accountEmails, addressTroubles } from '~/db/schema'

/** The person's own address, and whether mail to it is stopped. */
export async function ownAddress(tx: Pick<Tx, 'select'>, personId: string) {
  const [row] = await tx
    .select({
      address: accountEmails.address,
      confirmedAt: accountEmails.confirmedAt,
      suppressedAt: addressTroubles.suppressedAt,
      reason: addressTroubles.reason,
    })
    .from(accountEmails)
    .leftJoin(addressTroubles, eq(addressTroubles.addressNorm, accountEmails.addressNorm))
    .where(eq(accountEmails.personId, personId))
  return row ? { address: row.address, confirmed: row.confirmedAt !== null, stopped: row.suppressedAt, reason: row.reason } : null
}
