import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { tags, threadTags } from '~/db/schema'

type Tagged = { threadId: string; communityId: string; createdAt: Date }

/** The names go in order: two people who use the same tags the other way round would wait for each other. */
export async function addTags(tx: Tx, thread: Tagged, names: string[]) {
  if (names.length === 0) return
  const found = await tx
    .insert(tags)
    .values([...names].sort().map((name) => ({ id: newId(), communityId: thread.communityId, name, threadCount: 1 })))
    .onConflictDoUpdate({ target: [tags.communityId, tags.name], set: { threadCount: sql`${tags.threadCount} + 1` } })
    .returning({ id: tags.id })
  await tx.insert(threadTags).values(found.map((tag) => ({ threadId: thread.threadId, tagId: tag.id, threadCreatedAt: thread.createdAt })))
}

export async function removeTags(tx: Tx, thread: Tagged, names: string[]) {
  if (names.length === 0) return
  const found = await tx
    .select({ id: tags.id })
    .from(tags)
    .where(and(eq(tags.communityId, thread.communityId), inArray(tags.name, names)))
    .orderBy(tags.name)
    .for('no key update')
  const ids = found.map((tag) => tag.id)
  const gone = await tx
    .delete(threadTags)
    .where(and(eq(threadTags.threadId, thread.threadId), inArray(threadTags.tagId, ids)))
    .returning({ id: threadTags.tagId })
  if (gone.length > 0)
    await tx
      .update(tags)
      .set({ threadCount: sql`${tags.threadCount} - 1` })
      .where(
        inArray(
          tags.id,
          gone.map((tag) => tag.id),
        ),
      )
}

/** A thread that is hidden does not count among those of its tags. */
export async function countTags(tx: Tx, threadId: string, by: 1 | -1) {
  const found = await tx
    .select({ id: tags.id })
    .from(tags)
    .innerJoin(threadTags, eq(threadTags.tagId, tags.id))
    .where(eq(threadTags.threadId, threadId))
    .orderBy(tags.name)
    .for('no key update', { of: tags })
  if (found.length > 0)
    await tx
      .update(tags)
      .set({ threadCount: sql`${tags.threadCount} + ${by}` })
      .where(
        inArray(
          tags.id,
          found.map((tag) => tag.id),
        ),
      )
}

export async function tagNamesOf(tx: Pick<Tx, 'select'>, threadId: string): Promise<string[]> {
  const found = await tx
    .select({ name: tags.name })
    .from(threadTags)
    .innerJoin(tags, eq(tags.id, threadTags.tagId))
    .where(eq(threadTags.threadId, threadId))
    .orderBy(tags.name)
  return found.map((tag) => tag.name)
}
