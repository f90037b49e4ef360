import { desc, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { receiptCopies } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { say } from '~/words'
import { kantaraReceipt } from './kantara'
import { consentOf, eventsOf } from './keeping'

export type ReceiptShown = { version: number; sha256: string; at: Date }

/** The newest receipt of a grant, to whichever of its two sides asks: the same file. */
export async function receiptFile(viewer: Viewer, grantId: string): Promise<{ file: string; sha256: string }> {
  if (!isId(grantId) || viewer.kind !== 'person') throw new NotFound()
  const [copy] = await transaction(viewer, (tx) =>
    tx
      .select({ file: receiptCopies.file, sha256: receiptCopies.sha256 })
      .from(receiptCopies)
      .where(eq(receiptCopies.grantId, grantId))
      .orderBy(desc(receiptCopies.version))
      .limit(1),
  )
  if (!copy) throw new NotFound()
  return copy
}

/** What there is to download of a grant. */
export async function receiptOf(viewer: PersonViewer, grantId: string): Promise<ReceiptShown | null> {
  if (!isId(grantId)) throw new NotFound()
  const [copy] = await transaction(viewer, (tx) =>
    tx
      .select({ version: receiptCopies.version, sha256: receiptCopies.sha256, at: receiptCopies.createdAt })
      .from(receiptCopies)
      .where(eq(receiptCopies.grantId, grantId))
      .orderBy(desc(receiptCopies.version))
      .limit(1),
  )
  return copy ?? null
}

/** The same consent in the older format of Kantara, for programs that know no other. For the person alone. */
export async function kantaraFile(viewer: PersonViewer, grantId: string) {
  if (!isId(grantId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const found = await consentOf(tx, grantId)
    if (!found) throw new NotFound()
    mustBeFound(viewer, 'vault.view', { personId: found.grant.personId })
    const given = (await eventsOf(tx, grantId)).find(({ state }) => state === 'ConsentGiven')
    const { consented } = found
    return kantaraReceipt(
      consented,
      given?.at ?? found.grant.createdAt,
      say(`vault.purpose.${consented.purpose}`),
      `${consented.origin}/.well-known/jwks.json`,
    )
  })
}
