import { and, eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, importKeys, importRuns } from '~/db/schema'
import { addressKey, creditLateArrivals } from '~/server/authorship'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { SystemViewer } from '~/server/viewer'
import type { ImportSet, NotImported } from './imported'
import { inBatches, type Place } from './import-keys'
import { countFiderFacts, countIdeaBoardFacts, countPetitionFacts, countVotedIssuesFacts } from './idea-facts'
import { countStackExchangeFacts } from './stack-exchange-facts'
import type { Reader } from './stored-rows'
import { countThunderbirdFacts } from './thunderbird-facts'
import { nothingWritten, writeAuthors, writeThreads, type Written } from './writing'

const THREADS_AT_ONCE = 200
const AUTHORS_AT_ONCE = 1_000

export interface ImportOptions {
  /** The community's place in the address. One that is not there yet becomes an open, independent community. */
  slug: string
  name?: string
  summary?: string
  dryRun?: boolean
  /** Told within the transaction of each batch; what it throws undoes the batch and ends the run. */
  onBatch?: (batch: number, batches: number) => void
}

export interface ImportReport {
  community: string
  source: string
  dryRun: boolean
  /** In a dry run: what would be. */
  written: Written
  unchanged: Written
  /** Counted from the database after the import; absent in a dry run. */
  facts?: Record<string, unknown>
  /** The facts about rows that are read and not kept, and so cannot be counted there. */
  factsFromFiles: string[]
  notImported: NotImported[]
}

/**
 * Brings a set that was read and checked as a whole into a community, in batches. Each row has a key, so a run that was
 * broken off goes on where it ended and a second run changes nothing.
 */
export async function importCommunity(viewer: SystemViewer, set: ImportSet, options: ImportOptions): Promise<ImportReport> {
  authorize(viewer, 'community.import', undefined)
  if (options.dryRun) return dryRun(set, options)

  const place = { communityId: await communityFor(viewer, set, options), source: set.source }
  const authors = inBatches([...set.authors.values()], AUTHORS_AT_ONCE)
  const threads = inBatches(set.threads, THREADS_AT_ONCE)
  const written = nothingWritten()
  const batches = [
    ...authors.map((some) => (tx: Tx) => writeAuthors(tx, place, some)),
    ...threads.map((some) => (tx: Tx) => writeThreads(tx, place, set, some)),
  ]
  await addressKey()
  for (const [index, write] of batches.entries()) {
    await transaction(viewer, async (tx) => {
      await takeTurn(tx, place)
      const added = await write(tx)
      if (total(added) > 0) await runOf(tx, place, set)
      options.onBatch?.(index + 1, batches.length)
      add(written, added)
    })
  }
  await transaction(viewer, (tx) => finish(tx, viewer, place, set))
  return report(set, options, written, await countFacts(place, set))
}

async function dryRun(set: ImportSet, options: ImportOptions): Promise<ImportReport> {
  const rows = await db
    .select({ kind: importKeys.kind, sourceId: importKeys.sourceId })
    .from(importKeys)
    .innerJoin(communities, eq(communities.id, importKeys.communityId))
    .where(and(eq(communities.slug, options.slug), eq(importKeys.source, set.source)))
  const known = new Set(rows.map(({ kind, sourceId }) => `${kind} ${sourceId}`))
  const fresh = (kind: string, ids: string[]) => ids.filter((id) => !known.has(`${kind} ${id}`)).length
  const { authors, threads, answers, comments, acceptances } = idsIn(set)
  return report(set, options, {
    authors: fresh('author', authors),
    threads: fresh('thread', threads),
    answers: fresh('answer', answers),
    comments: fresh('comment', comments),
    acceptances: fresh('acceptance', acceptances),
  })
}

async function communityFor(viewer: SystemViewer, set: ImportSet, options: ImportOptions): Promise<string> {
  return transaction(viewer, async (tx) => {
    const [known] = await tx.select({ id: communities.id }).from(communities).where(eq(communities.slug, options.slug))
    if (known) return known.id
    const id = newId()
    await tx.insert(communities).values({
      id,
      slug: options.slug,
      name: options.name ?? nameFrom(options.slug),
      summary: options.summary ?? '',
      access: 'open',
      source: set.source,
      sourceUrl: set.sourceUrl,
      licence: set.licence,
    })
    await record(tx, viewer, 'community.created', { communityId: id })
    return id
  })
}

/** Two imports into one community go batch by batch, never at once. */
async function takeTurn(tx: Tx, { communityId }: Place) {
  await tx.select({ id: communities.id }).from(communities).where(eq(communities.id, communityId)).for('no key update')
}

/** The run that is under way; a run that was broken off is still under way. */
async function runOf(tx: Tx, { communityId, source }: Place, set: ImportSet): Promise<string> {
  const running = await runningRun(tx, { communityId, source })
  if (running) return running
  const id = newId()
  await tx.insert(importRuns).values({ id, communityId, source, state: 'running', sourceCounts: set.countsFromFiles, startedAt: now() })
  return id
}

async function runningRun(tx: Tx, { communityId, source }: Place) {
  const [run] = await tx
    .select({ id: importRuns.id })
    .from(importRuns)
    .where(and(eq(importRuns.communityId, communityId), eq(importRuns.source, source), eq(importRuns.state, 'running')))
  return run?.id
}

async function finish(tx: Tx, viewer: SystemViewer, place: Place, set: ImportSet) {
  await takeTurn(tx, place)
  const runId = await runningRun(tx, place)
  if (!runId) return
  await creditLateArrivals(tx, place.communityId)
  await tx.update(importRuns).set({ state: 'done', sourceCounts: set.countsFromFiles, finishedAt: now() }).where(eq(importRuns.id, runId))
  const { threads, answers, comments } = idsIn(set)
  await record(tx, viewer, 'community.imported', {
    communityId: place.communityId,
    runId,
    threads: threads.length,
    posts: threads.length + answers.length + comments.length,
  })
}

/** Under the names that each data set uses, counted from what the database holds. */
const FACTS: Record<ImportSet['format'], (reader: Reader, place: Place) => Promise<Record<string, unknown>>> = {
  thunderbird: countThunderbirdFacts,
  stackexchange: countStackExchangeFacts,
  'idea-board': countIdeaBoardFacts,
  'voted-issues': countVotedIssuesFacts,
  petitions: countPetitionFacts,
  fider: countFiderFacts,
}

const countFacts = (place: Place, set: ImportSet) => FACTS[set.format](db, place)

function report(set: ImportSet, options: ImportOptions, written: Written, facts?: Record<string, unknown>): ImportReport {
  const all = Object.fromEntries(Object.entries(idsIn(set)).map(([kind, ids]) => [kind, ids.length])) as unknown as Written
  return {
    community: options.slug,
    source: set.source,
    dryRun: options.dryRun ?? false,
    written,
    unchanged: Object.fromEntries(kindsOf(all).map((kind) => [kind, all[kind] - written[kind]])) as unknown as Written,
    ...(facts ? { facts: { ...facts, ...set.countsFromFiles } } : {}),
    factsFromFiles: Object.keys(set.countsFromFiles),
    notImported: set.notImported,
  }
}

function idsIn(set: ImportSet): Record<keyof Written, string[]> {
  const answers = set.threads.flatMap((thread) => thread.answers)
  const comments = [...set.threads.map(({ opening }) => opening), ...answers].flatMap((post) => post.comments)
  return {
    authors: [...set.authors.keys()],
    threads: set.threads.map(({ sourceId }) => sourceId),
    answers: answers.map(({ sourceId }) => sourceId),
    comments: comments.map(({ sourceId }) => sourceId),
    acceptances: set.threads.filter(({ accepted }) => accepted).map(({ sourceId }) => sourceId),
  }
}

function kindsOf(written: Written) {
  return Object.keys(written) as (keyof Written)[]
}

function add(sum: Written, more: Written) {
  for (const kind of kindsOf(sum)) sum[kind] += more[kind]
}

function total(written: Written) {
  return kindsOf(written).reduce((sum, kind) => sum + written[kind], 0)
}

function nameFrom(slug: string) {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
