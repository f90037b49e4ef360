import { createHash, createHmac } from 'node:crypto'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { accountEmails, importedAddresses } from '~/db/schema'
import { portalSecret } from '~/server/platform/signing'

/** Some exports bring an address, others only its MD5, as pictures of people were once asked for by. Either is kept as one keyed hash. */
export type BroughtAddress = { address: string } | { md5: string }

export async function addressMac(brought: BroughtAddress): Promise<string> {
  const md5 = 'md5' in brought ? brought.md5.toLowerCase() : md5Of(brought.address)
  return createHmac('sha256', await addressKey())
    .update(md5)
    .digest('base64url')
}

/** For whoever is about to open a transaction: within one, nobody waits for a second connection. */
export const addressKey = () => portalSecret('imported-addresses')

const md5Of = (address: string) => createHash('md5').update(address.normalize('NFC').trim().toLowerCase()).digest('hex')

/** Whether the import brought the very address that this person has confirmed. */
export async function addressProves(tx: Pick<Tx, 'select'>, personId: string, importedId: string): Promise<boolean> {
  const [[brought], [own]] = await Promise.all([
    tx.select({ mac: importedAddresses.addressMac }).from(importedAddresses).where(eq(importedAddresses.importedId, importedId)),
    tx
      .select({ address: accountEmails.address })
      .from(accountEmails)
      .where(and(eq(accountEmails.personId, personId), isNotNull(accountEmails.confirmedAt))),
  ])
  return brought !== undefined && own !== undefined && brought.mac === (await addressMac({ address: own.address }))
}
