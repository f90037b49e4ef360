import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, voteVoids, votingSignals, type SignalNumbers } from '~/db/schema'
import { handlesShown, personByHandle } from '~/server/accounts'
import { Forbidden, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { MOST_VOTERS, type ArrangedInput } from './input'
import { findVotingSignals } from './signals'

const ON_A_PAGE = 50

/** What some gave one counts no more, for reputation nor for what stands first. The votes stay theirs; whoever loses by it reads why; it can be given back. */
export async function voidVotes(viewer: Viewer, input: ArrangedInput): Promise<void> {
  const { operator, to, from } = await concerned(viewer, input)
  await transaction(viewer, async (tx) => {
    await inTurn(tx, to)
    for (const fromHandleId of from) {
      const id = newId()
      const made = await tx
        .insert(voteVoids)
        .values({ id, fromHandleId, toHandleId: to, reason: input.reason, voidedBy: operator.personId, voidedAt: now() })
        .onConflictDoNothing()
        .returning({ id: voteVoids.id })
      if (made.length > 0) await record(tx, viewer, 'votes.voided', { voidId: id, handleIds: [fromHandleId, to] })
    }
  })
}

export async function countVotesAgain(viewer: Viewer, input: ArrangedInput): Promise<void> {
  const { operator, to, from } = await concerned(viewer, input)
  await transaction(viewer, async (tx) => {
    await inTurn(tx, to)
    const lifted = await tx
      .update(voteVoids)
      .set({ liftedBy: operator.personId, liftedAt: now(), whyLifted: input.reason })
      .where(and(inArray(voteVoids.fromHandleId, from), eq(voteVoids.toHandleId, to), isNull(voteVoids.liftedAt)))
      .returning({ id: voteVoids.id, fromHandleId: voteVoids.fromHandleId })
    for (const { id, fromHandleId } of lifted)
      await record(tx, viewer, 'votes.counted-again', { voidId: id, handleIds: [fromHandleId, to] })
  })
}

/** For the two forms: only operators open them. */
export function arrangedForm(viewer: Viewer, url: URL) {
  authorize(viewer, 'votes.void', null, 'standing.operatorsOnly')
  const given = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 1000)
  return { for: given('for'), by: given('by') }
}

async function concerned(viewer: Viewer, { for: taker, by }: ArrangedInput) {
  authorize(viewer, 'votes.void', null, 'standing.operatorsOnly')
  const operator = viewer as PersonViewer
  await countAgainst('write-down', operator.personId)
  const to = await personByHandle(taker)
  if (!to) throw new Invalid({ for: 'standing.noSuchHandle' })
  const names = [...new Set(by.split(/[\s,]+/).filter(Boolean))]
  if (names.length > MOST_VOTERS) throw new Invalid({ by: `tooMany:${MOST_VOTERS}` })
  const from = await Promise.all(names.map((name) => personByHandle(name)))
  if (from.length === 0 || from.some((one) => !one || one.handleId === to.handleId)) throw new Invalid({ by: 'standing.noSuchHandles' })
  const ids = from.flatMap((one) => one?.handleId ?? [])
  if ([to.handleId, ...ids].includes(operator.handleId)) throw new Forbidden('standing.ownCase')
  return { operator, to: to.handleId, from: ids.sort() }
}

async function inTurn(tx: Tx, handleId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`votes:${handleId}`}, 0))`)
}

export type Signal = {
  id: string
  kind: 'mutual' | 'devoted' | 'new-accounts'
  who: HandleInfo
  voters: HandleInfo[]
  numbers: SignalNumbers
  foundAt: Date
  gone: boolean
  /** All of it was taken out. */
  voided: boolean
  /** What of it still counts: who gave whom, as many at once as the form takes. */
  ways: { to: HandleInfo; from: HandleInfo[] }[]
}

/** An operator need not wait for the night. */
export async function lookForArranged(viewer: Viewer): Promise<void> {
  authorize(viewer, 'votes.void', null, 'standing.operatorsOnly')
  await countAgainst('look-for-votes', (viewer as PersonViewer).personId)
  await findVotingSignals()
}

/** Which votes look arranged, and what was done: for operators and independent moderators. */
export async function votingReport(viewer: Viewer) {
  authorize(viewer, 'voting-signals.view', null, 'standing.independentOnly')
  const { signals, live, voids } = await transaction(viewer, async (tx) => {
    const signals = await tx.select().from(votingSignals).orderBy(desc(votingSignals.foundAt), desc(votingSignals.id)).limit(ON_A_PAGE)
    const live = await liveAmong(tx, signals.flatMap(pairsOf))
    const voids = await tx.select().from(voteVoids).orderBy(desc(voteVoids.voidedAt), desc(voteVoids.id)).limit(ON_A_PAGE)
    return { signals, live, voids }
  })
  const operators = await handlesOf(voids.flatMap(({ voidedBy, liftedBy }) => [voidedBy, liftedBy]))
  const names = await handlesShown([
    ...signals.flatMap(({ handleId, voters }) => [handleId, ...voters]),
    ...voids.flatMap(({ fromHandleId, toHandleId }) => [fromHandleId, toHandleId]),
    ...operators.values(),
  ])
  const named = (id: string | null) => (id ? (names.get(id) ?? null) : null)
  return {
    mayVoid: can(viewer, 'votes.void', null),
    signals: signals.flatMap((signal): Signal[] => {
      const { id, kind, handleId, voters, numbers, foundAt, goneAt } = signal
      const who = named(handleId)
      const counting = pairsOf(signal).filter((pair) => !live.has(keyOf(pair)))
      const voided = counting.length === 0 && numbers.voters <= voters.length
      const shown = { id, kind, numbers, foundAt, gone: goneAt !== null, voided, ways: waysOf(counting, named) }
      return who ? [{ ...shown, who, voters: voters.flatMap((one) => named(one) ?? []) }] : []
    }),
    voids: voids.map((row) => ({
      id: row.id,
      from: named(row.fromHandleId),
      to: named(row.toHandleId),
      reason: row.reason,
      found: row.found,
      at: row.voidedAt,
      by: named(operators.get(row.voidedBy ?? '') ?? null),
      lifted: row.liftedAt ? { at: row.liftedAt, why: row.whyLifted, by: named(operators.get(row.liftedBy ?? '') ?? null) } : null,
    })),
  }
}

type Pair = { from: string; to: string }
const keyOf = ({ from, to }: Pair) => `${from} ${to}`

/** Who gave whom; where two give each other, both ways. */
function pairsOf({ kind, handleId, voters }: Pick<typeof votingSignals.$inferSelect, 'kind' | 'handleId' | 'voters'>): Pair[] {
  const given = voters.map((from) => ({ from, to: handleId }))
  return kind === 'mutual' ? [...given, ...given.map(({ from, to }) => ({ from: to, to: from }))] : given
}

function waysOf(pairs: Pair[], named: (id: string) => HandleInfo | null): Signal['ways'] {
  return [...new Set(pairs.map(({ to }) => to))].flatMap((id) => {
    const to = named(id)
    const from = pairs.filter((pair) => pair.to === id).flatMap((pair) => named(pair.from) ?? [])
    const asked = from.filter(({ handle }) => handle)
    const groups = Array.from({ length: Math.ceil(asked.length / MOST_VOTERS) }, (_, n) =>
      asked.slice(n * MOST_VOTERS, (n + 1) * MOST_VOTERS),
    )
    return to?.handle ? groups.map((group) => ({ to, from: group })) : []
  })
}

/** Which of them were taken out, and not given back. */
async function liveAmong(tx: Tx, pairs: Pair[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set()
  const oneOf = (ids: string[]) => [...new Set(ids)]
  const rows = await tx
    .select({ from: voteVoids.fromHandleId, to: voteVoids.toHandleId })
    .from(voteVoids)
    .where(
      and(
        inArray(voteVoids.fromHandleId, oneOf(pairs.map(({ from }) => from))),
        inArray(voteVoids.toHandleId, oneOf(pairs.map(({ to }) => to))),
        isNull(voteVoids.liftedAt),
      ),
    )
  return new Set(rows.map(keyOf))
}

async function handlesOf(personIds: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(personIds.filter((id): id is string => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db.select({ id: handles.id, personId: handles.personId }).from(handles).where(inArray(handles.personId, wanted))
  return new Map(rows.map(({ id, personId }) => [personId ?? '', id]))
}
