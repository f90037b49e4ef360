import { and, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { flags } from '~/db/schema'
import { Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { excerpt } from '~/server/platform/markdown'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { FlagInput } from './input'
import { reporterOf } from './reporters'
import { foundSubject, type Subject } from './subjects'
import { isAbout } from './today'
import { weightOf } from './weights'

/** Tells the moderators. Once for each who flags, never shown to whom it concerns. */
export async function flag(viewer: Viewer, kind: string, id: string, input: FlagInput): Promise<{ first: boolean }> {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  await countAgainst('flag', viewer.personId)
  return transaction(viewer, async (tx) => {
    const subject = await foundSubject(viewer, tx, kind, id)
    subject.authorize('flag', subject.handleId === viewer.handleId ? 'flag.own' : undefined)
    return { first: await flagIn(tx, viewer, subject, input) }
  })
}

type Flagged = Pick<Subject, 'kind' | 'id' | 'communityId' | 'vendorId' | 'handleId'>

/** Whoever may was asked before. Returns whether it is their first on it. */
export async function flagIn(tx: Tx, viewer: PersonViewer, subject: Flagged, input: FlagInput): Promise<boolean> {
  // Where it was merged into another it was flagged under another name.
  const [already] = await tx
    .select({ id: flags.id })
    .from(flags)
    .where(and(isAbout('flags', subject), eq(flags.flaggedBy, viewer.handleId)))
  if (already) return false
  const flagId = newId()
  const { communityId, vendorId } = subject
  const reporter = await reporterOf(tx, viewer, subject)
  const written = await tx
    .insert(flags)
    .values({
      id: flagId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      communityId,
      vendorId,
      flaggedBy: viewer.handleId,
      reason: input.reason,
      note: input.note ?? '',
      weight: weightOf(reporter, input.reason),
      stake: reporter.stake,
      createdAt: now(),
    })
    .onConflictDoNothing()
    .returning({ id: flags.id })
  if (written.length > 0)
    await record(tx, viewer, 'content.flagged', { flagId, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId })
  return written.length > 0
}

/** The form: what would be flagged, in a line, and where it stands. */
export async function flagPage(viewer: Viewer, kind: string, id: string) {
  return transaction(viewer, async (tx) => {
    const subject = await foundSubject(viewer, tx, kind, id)
    subject.authorize('flag', viewer.kind === 'person' && subject.handleId === viewer.handleId ? 'flag.own' : undefined)
    return { kind: subject.kind, back: await placeOf(tx, subject), words: await wordsOf(tx, subject, kind === 'post' ? id : null) }
  })
}

export async function placeOf(tx: Tx, { kind, id, threadId }: Subject): Promise<FlaggedPlace> {
  if (kind === 'recommendation') return { recommendation: id, slug: null, number: null, post: null }
  const [at] = await tx.execute<{ slug: string; number: number }>(sql`
    select c.slug, t.number::int as number from threads t join communities c on c.id = t.community_id where t.id = ${threadId}::uuid`)
  return { recommendation: null, slug: at?.slug ?? null, number: at?.number ?? null, post: kind === 'post' ? id : null }
}
export type FlaggedPlace = { recommendation: string | null; slug: string | null; number: number | null; post: string | null }

export async function wordsOf(tx: Tx, { kind, id }: Subject, postId: string | null): Promise<string> {
  if (kind === 'recommendation') {
    const [row] = await tx.execute<{ headline: string }>(sql`select headline from recommendations where id = ${id}::uuid`)
    return row?.headline ?? ''
  }
  const [row] = await tx.execute<{ markdown: string }>(
    sql`select markdown from posts where ${kind === 'thread' ? sql`thread_id = ${id}::uuid and kind = 'opening'` : sql`id = ${postId}::uuid`}`,
  )
  return excerpt(row?.markdown ?? '', 200)
}
