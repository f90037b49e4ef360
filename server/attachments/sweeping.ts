import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { attachments, leftoverFiles } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { log } from '~/server/platform/log'
import { KEPT_APART, storage } from '~/server/platform/storage'
import { systemViewer } from '~/server/viewer'
import { STRAY_AFTER_HOURS, UNUSED_KEPT_HOURS } from './rules'
import { smallKey } from './uploading'

const job = systemViewer('sweep-files')
const AT_A_TIME = 500
const hoursAgo = (hours: number) => new Date(now().getTime() - hours * 3_600_000)

/** By the clock: what was removed leaves the disk as well, and what was uploaded for nothing is removed. */
export async function sweepFiles(): Promise<void> {
  await transaction(job, (tx) =>
    tx
      .delete(attachments)
      .where(
        and(
          isNull(attachments.postId),
          lt(attachments.createdAt, hoursAgo(UNUSED_KEPT_HOURS)),
          sql`not draft_waits(${attachments.personId}, ${attachments.kind}, ${attachments.subjectId})`,
        ),
      ),
  )
  for (;;) {
    const leftover = await db.select().from(leftoverFiles).limit(AT_A_TIME)
    for (const { storageKey } of leftover) {
      await storage().remove(storageKey)
      await storage().remove(smallKey(storageKey))
      await db.delete(leftoverFiles).where(eq(leftoverFiles.storageKey, storageKey))
    }
    if (leftover.length < AT_A_TIME) return
  }
}

/**
 * Once a day both sides are held against each other. A file that no row knows is removed; a row whose file is lost goes as well, unless so
 * many are missing that it is the store which is lost.
 */
export async function reconcileFiles(): Promise<void> {
  const there = new Set<string>()
  const old = hoursAgo(STRAY_AFTER_HOURS)
  const batch: string[] = []
  for await (const { key, writtenAt } of storage().list()) {
    there.add(key)
    if (writtenAt > old || key.startsWith(KEPT_APART)) continue
    batch.push(key)
    if (batch.length >= AT_A_TIME) await removeStrays(batch.splice(0))
  }
  await removeStrays(batch)
  const lost = (await transaction(job, (tx) => tx.select().from(attachments).where(lt(attachments.createdAt, old)))).filter(
    ({ storageKey }) => !there.has(storageKey),
  )
  if (lost.length === 0) return
  log.error({ files: lost.length }, 'files are missing from where they are kept')
  if (lost.length > there.size) return
  await transaction(job, (tx) =>
    tx.delete(attachments).where(
      inArray(
        attachments.id,
        lost.map(({ id }) => id),
      ),
    ),
  )
}

async function removeStrays(keys: string[]) {
  if (keys.length === 0) return
  const owners = keys.map((key) => key.replace(/-small$/, ''))
  const known = new Set(
    (
      await transaction(job, (tx) =>
        tx.select({ key: attachments.storageKey }).from(attachments).where(inArray(attachments.storageKey, owners)),
      )
    ).map(({ key }) => key),
  )
  for (const key of keys) if (!known.has(key.replace(/-small$/, ''))) await storage().remove(key)
}
