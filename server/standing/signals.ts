import { eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { votingSignals, type SignalNumbers } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import {
  castTogether,
  expectedOf,
  FEWEST_EACH,
  FEWEST_VOTERS,
  looksDevoted,
  looksMadeForIt,
  looksMutual,
  MOST_NAMED,
  shareOf,
  WATCHED_DAYS,
  type Gift,
  type When,
} from './arranged'

type Given = Gift & When & { giver: string; taker: string; accountDays: number; spanMinutes: number; voided: number }
type Found = Pick<typeof votingSignals.$inferInsert, 'kind' | 'handleId' | 'voters' | 'numbers'>

const checking = systemViewer('voting-signals')

/**
 * Every night: writes down which votes look arranged, and which do not any more. What was plainly staged, by many within minutes, stops
 * counting; an operator may give it back, and then this check leaves it.
 */
export async function findVotingSignals(): Promise<void> {
  await transaction(checking, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('voting-signals'))`)
    const at = now()
    const given = await gifts(tx)
    for (const staged of stagedAmong(given)) await takeOut(tx, staged)
    const signals = signalsIn(given)
    for (const signal of signals)
      await tx
        .insert(votingSignals)
        .values({ id: newId(), ...signal, foundAt: at })
        .onConflictDoUpdate({
          target: [votingSignals.kind, votingSignals.handleId, votingSignals.voters],
          set: {
            numbers: signal.numbers,
            goneAt: null,
            foundAt: sql`case when voting_signals.gone_at is null then voting_signals.found_at else excluded.found_at end`,
          },
        })
    const still = signals.map(({ kind, handleId, voters }) => `${kind} ${handleId} ${voters.join(' ')}`)
    const open = await tx.select().from(votingSignals).where(isNull(votingSignals.goneAt))
    for (const { id, kind, handleId, voters } of open)
      if (!still.includes(`${kind} ${handleId} ${voters.join(' ')}`))
        await tx.update(votingSignals).set({ goneAt: at }).where(eq(votingSignals.id, id))
  })
}

function signalsIn(gifts: Given[]): Found[] {
  const between = new Map(gifts.map((gift) => [`${gift.giver} ${gift.taker}`, gift]))
  const takers = new Map<string, Given[]>()
  for (const gift of gifts) takers.set(gift.taker, [...(takers.get(gift.taker) ?? []), gift])
  const mutual = gifts.flatMap((one): Found[] => {
    const other = between.get(`${one.taker} ${one.giver}`)
    if (!other || one.giver > one.taker || !looksMutual(one, other)) return []
    return [
      {
        kind: 'mutual',
        handleId: one.taker,
        voters: [one.giver],
        numbers: { ...numbersOf([one]), back: other.given, backShare: percent(shareOf(other)) },
      },
    ]
  })
  const groups = [...takers].flatMap(([handleId, theirs]): Found[] => {
    const made = theirs.filter((gift) => looksMadeForIt(gift, gift.accountDays))
    const devoted = theirs.filter(looksDevoted)
    return [
      ...(made.length >= FEWEST_VOTERS
        ? [{ kind: 'new-accounts' as const, handleId, voters: namedOf(made), numbers: numbersOf(made) }]
        : []),
      ...(devoted.length >= FEWEST_VOTERS && votersOf(devoted).join() !== votersOf(made).join()
        ? [{ kind: 'devoted' as const, handleId, voters: namedOf(devoted), numbers: numbersOf(devoted) }]
        : []),
    ]
  })
  return [...mutual, ...groups]
}

/** Of those whose votes are for hardly anybody else, the groups that gave them together. */
function stagedAmong(gifts: Given[]): Given[][] {
  const byTaker = new Map<string, Given[]>()
  for (const gift of gifts)
    if (looksDevoted(gift) || looksMadeForIt(gift, gift.accountDays)) byTaker.set(gift.taker, [...(byTaker.get(gift.taker) ?? []), gift])
  return [...byTaker.values()].map(castTogether).filter((group) => group.length > 0)
}

async function takeOut(tx: Tx, staged: Given[]) {
  const found = {
    voters: staged.length,
    votes: staged.reduce((sum, { given }) => sum + given, 0),
    minutes: Math.max(1, Math.ceil(Math.max(...staged.map(({ last }) => last)) - Math.min(...staged.map(({ first }) => first)))),
  }
  for (const { giver, taker } of staged) {
    const voidId = newId()
    const made = await tx.execute(sql`
      insert into vote_voids (id, from_handle_id, to_handle_id, found, voided_at)
      select ${voidId}::uuid, ${giver}::uuid, ${taker}::uuid, ${JSON.stringify(found)}::jsonb, ${now().toISOString()}::timestamptz
      where not exists (select 1 from vote_voids v where v.from_handle_id = ${giver}::uuid and v.to_handle_id = ${taker}::uuid)
      on conflict do nothing returning id`)
    if (made.length > 0) await record(tx, checking, 'votes.voided', { voidId, handleIds: [giver, taker] })
  }
}

const votersOf = (gifts: Given[]) => gifts.map(({ giver }) => giver).sort()
/** Of a large group those are named whose votes still count, before those whose votes were taken out. */
const namedOf = (gifts: Given[]) =>
  [...votersOf(gifts.filter(({ voided }) => !voided)), ...votersOf(gifts.filter(({ voided }) => voided))].slice(0, MOST_NAMED).sort()
const percent = (share: number) => Math.round(share * 100)

/** The figures that explain it: how many votes, how many chance would bring, the smallest part of anybody's votes, the newest account. */
function numbersOf(gifts: Given[]): SignalNumbers {
  return {
    voters: gifts.length,
    votes: gifts.reduce((sum, gift) => sum + gift.given, 0),
    expected: Math.round(10 * gifts.reduce((sum, gift) => sum + expectedOf(gift), 0)) / 10,
    share: percent(Math.min(...gifts.map(shareOf))),
    accountDays: Math.round(Math.max(...gifts.map((gift) => gift.accountDays))),
    spanMinutes: Math.round(Math.max(...gifts.map((gift) => gift.spanMinutes))),
  }
}

/** Who gave whom how much, where it is enough to be looked at. */
async function gifts(tx: Tx): Promise<Given[]> {
  const rows = await tx.execute<Record<keyof Given, string>>(sql`
    with cast_lately as (
      select v.handle_id as giver, p.handle_id as taker, v.created_at, giver.person_id, extract(epoch from v.created_at - born.created_at) / 86400 as account_days
      from votes v join posts p on p.id = v.post_id join handles giver on giver.id = v.handle_id join people born on born.id = giver.person_id
        join handles taker on taker.id = p.handle_id and taker.person_id is not null
      where v.value > 0 and not v.by_merge and p.source is null and v.created_at >= ${now().toISOString()}::timestamptz - make_interval(days => ${WATCHED_DAYS})),
    pairs as (select giver, taker, count(*) as given, min(account_days) as account_days, extract(epoch from max(created_at) - min(created_at)) / 60 as span,
      extract(epoch from min(created_at)) / 60 as first, extract(epoch from max(created_at)) / 60 as last from cast_lately group by giver, taker),
    gave as (select giver, sum(given) as votes from pairs group by giver),
    received as (select taker, sum(given) as votes from pairs group by taker)
    select giver, taker, given, gave.votes as gave, received.votes as received, (select count(*) from cast_lately) as total, account_days as "accountDays", span as "spanMinutes", first, last,
      (select count(*) from vote_voids o where o.from_handle_id = giver and o.to_handle_id = taker and o.lifted_at is null) as voided
    from pairs join gave using (giver) join received using (taker) where given >= ${FEWEST_EACH}`)
  return rows.map(({ giver, taker, ...numbers }) => ({
    ...{ giver, taker },
    ...(Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])) as Omit<Given, 'giver' | 'taker'>),
  }))
}
