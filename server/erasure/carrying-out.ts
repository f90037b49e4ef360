import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { transaction } from '~/db/client'
import { accountEmails, erasureResidues, erasures, outgoingMails } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import type { Task } from '~/server/platform/jobs'
import { queueMail } from '~/server/platform/mail'
import { removePieces } from '~/server/portability'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import { waiting } from './asking'
import { leaveMarker } from './marking'
import { signStatement } from './stating'

export const job = systemViewer('erase')
const AT_A_TIME = 50

type LeftOver = { files: { kind: 'export' | 'brought'; id: string }[]; threads: string[]; rooms: string[] }

/** By the clock, and at once where somebody wants no week: whoever asked, and has not called it back. */
export async function eraseDue(): Promise<void> {
  const due = await transaction(job, (tx) =>
    tx
      .select({ id: erasures.id })
      .from(erasures)
      .where(and(waiting, lte(erasures.dueAt, now())))
      .orderBy(erasures.dueAt)
      .limit(AT_A_TIME),
  )
  for (const { id } of due) await carryOut(id)
  await endResidues()
  await forgetAddresses()
}

/** The job `erase`. Killed in the middle, the database has done all of it or nothing. */
export const erasureTasks: Record<string, Task> = { erase: eraseDue }

/** Everything at once; files follow, and the search does. `quietly`: for whoever was told already. */
export async function carryOut(id: string, { quietly = false } = {}): Promise<void> {
  const token = randomBytes(24).toString('base64url')
  const done = await transaction(job, async (tx) => {
    const [asked] = await tx.select().from(erasures).where(eq(erasures.id, id))
    if (!asked) return null
    const [address] = await tx
      .select({ to: accountEmails.address })
      .from(accountEmails)
      .where(and(eq(accountEmails.personId, asked.personId), isNotNull(accountEmails.confirmedAt)))
    const [row] = await tx.execute<{ left: LeftOver | null }>(
      sql`select erase_person(${id}::uuid, ${say('erasure.goneWords')}, ${say('erasure.formerMember')}) as left`,
    )
    if (!row?.left) return null
    const statement = await signStatement(tx, id)
    const mailId =
      address && !quietly
        ? await queueMail(tx, {
            to: address.to,
            subject: say('erasure.mail.subject'),
            text: say('erasure.mail.text', { link: `${publicOrigins()[0] ?? ''}/erased/${token}` }),
          })
        : null
    await tx
      .update(erasures)
      .set({ statement, tokenHash: hashOf(token), mailId })
      .where(eq(erasures.id, id))
    await record(tx, job, 'person.erased', {
      personId: asked.personId,
      erasureId: id,
      threadIds: row.left.threads,
      communityIds: row.left.rooms,
    })
    return { ...row.left, asked }
  })
  if (!done) return
  await leaveMarker(done.asked)
  for (const file of done.files) await removePieces(file)
}

export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** What was kept for a time is deleted when that is over. */
async function endResidues(): Promise<void> {
  await transaction(job, async (tx) => {
    const due = await tx
      .select({ erasureId: erasureResidues.erasureId, kind: erasureResidues.kind })
      .from(erasureResidues)
      .where(and(isNull(erasureResidues.endedAt), lte(erasureResidues.until, now().toISOString().slice(0, 10))))
      .limit(AT_A_TIME)
    for (const { erasureId, kind } of due)
      await tx.execute(sql`select end_residue(${erasureId}::uuid, ${kind}, ${say('erasure.goneWords')})`)
  })
}

/** The address to which the statement went is needed no longer once it went; where there is no mail server, the demo shows it for as long. */
async function forgetAddresses(): Promise<void> {
  const anHourAgo = new Date(now().getTime() - 3_600_000)
  await transaction(job, async (tx) => {
    const sent = await tx
      .select({ id: erasures.id, mailId: erasures.mailId })
      .from(erasures)
      .innerJoin(outgoingMails, eq(outgoingMails.id, erasures.mailId))
      .where(or(lte(outgoingMails.sentAt, anHourAgo), isNotNull(outgoingMails.failedAt), isNotNull(outgoingMails.droppedAt)))
      .limit(AT_A_TIME)
    for (const { id, mailId } of sent) {
      await tx.update(erasures).set({ mailId: null }).where(eq(erasures.id, id))
      if (mailId) await tx.delete(outgoingMails).where(eq(outgoingMails.id, mailId))
    }
  })
}
