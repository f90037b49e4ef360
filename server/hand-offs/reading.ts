import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import type { HAND_OFF_CAUSES, HAND_OFF_ENDS } from '~/db/kinds'
import { isId } from '~/db/ids'
import { handOffs } from '~/db/schema'
import { handleOfPerson, handlesShown } from '~/server/accounts'
import { Conflict } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { staffHandOff, vendorServed, visibleTo } from './facts'
import { HAND_OFF_TRIGGERS } from './types'

const A_PAGE = 25
const OPEN_SHOWN = 100

type Row = {
  id: string
  account_id: string | null
  relationship_id: string | null
  company: string | null
  member: string | null
  cause: (typeof HAND_OFF_CAUSES)[number]
  why: string
  to_id: string
  from_handle: string | null
  to_handle: string | null
  started_at: string
  due_at: string
  zone: string | null
  minutes: number
  outcome: (typeof HAND_OFF_ENDS)[number] | null
  reason: string
  ended_at: string | null
  steps: number
  done: number
}

export type HandOffShown = {
  id: string
  of: { kind: 'account'; id: string; name: string } | { kind: 'relationship'; id: string; name: string }
  cause: Row['cause']
  why: string
  from: HandleInfo | null
  to: HandleInfo | null
  /** That it is for the viewer to answer. */
  mine: boolean
  startedAt: Date
  dueAt: Date
  /** The zone of the hours by which it is counted; null where every hour counts. */
  zone: string | null
  hours: number
  late: boolean
  outcome: Row['outcome']
  reason: string
  endedAt: Date | null
  steps: number
  done: number
}

const rows = (tx: Tx, which: ReturnType<typeof sql>) =>
  tx.execute<Row>(sql`select h.id, h.account_id, h.relationship_id, o.name as company, r.handle_id as member, h.cause, h.why, h.to_id,
    ${handleOfPerson(sql`h.from_id`)} as from_handle, ${handleOfPerson(sql`h.to_id`)} as to_handle, h.started_at, h.due_at, h.minutes,
    (select c.zone from business_calendars c where c.id = h.calendar_id) as zone, h.outcome, h.reason, h.ended_at,
    (select count(*)::int from hand_off_steps s where s.hand_off_id = h.id) as steps,
    (select count(s.done_at)::int from hand_off_steps s where s.hand_off_id = h.id) as done
    from hand_offs h left join accounts a on a.id = h.account_id left join vendor_organizations o on o.id = a.organization_id
      left join relationships r on r.id = h.relationship_id ${which}`)

/** As they are shown, and the names of whoever else is: asked for at once. */
async function shown(viewer: PersonViewer, vendorId: string, found: Row[], others: (string | null)[] = []) {
  const names = await handlesShown([...found.flatMap((row) => [row.from_handle, row.to_handle, row.member]), ...others], { vendorId })
  const nameOf = (handle: string | null) => (handle ? (names.get(handle) ?? null) : null)
  const at = now()
  const list = found.map((row): HandOffShown => ({
    id: row.id,
    of: row.account_id
      ? { kind: 'account', id: row.account_id, name: row.company ?? '' }
      : { kind: 'relationship', id: row.relationship_id ?? '', name: nameOf(row.member)?.displayName ?? '' },
    ...{ cause: row.cause, why: row.why, from: nameOf(row.from_handle), to: nameOf(row.to_handle) },
    mine: row.to_id === viewer.personId && row.outcome === null,
    ...{ startedAt: new Date(row.started_at), dueAt: new Date(row.due_at), zone: row.zone, hours: row.minutes / 60 },
    late: row.outcome === null && new Date(row.due_at) <= at,
    ...{
      outcome: row.outcome,
      reason: row.reason,
      endedAt: row.ended_at ? new Date(row.ended_at) : null,
      steps: row.steps,
      done: row.done,
    },
  }))
  return { shown: list, nameOf }
}

/** /vendors/:slug/hand-offs: what runs, what is the viewer’s to answer first and then by when it is due; and what has ended, newest first. */
export async function handOffsOf(viewer: PersonViewer, vendorSlug: string, before: string | null) {
  const { vendor, open, ended, rules } = await transaction(viewer, async (tx) => {
    const it = await vendorServed(tx, viewer, vendorSlug)
    const { vendorId } = it
    const theirs = sql`${servedBy(viewer, sql`h.vendor_id`)} and h.vendor_id = ${vendorId}`
    const [, day = '', id = ''] = /^([\dT:.-]+Z)_([\da-f-]{36})$/.exec(before ?? '') ?? []
    const from = isId(id) && !Number.isNaN(Date.parse(day)) ? sql`and (h.ended_at, h.id) < (${day}::timestamptz, ${id}::uuid)` : sql``
    return {
      vendor: it,
      // What runs stands on the first page.
      open: before ? [] : await rows(tx, sql`where ${theirs} and h.ended_at is null order by h.due_at, h.id limit ${OPEN_SHOWN}`),
      ended: await rows(
        tx,
        sql`where ${theirs} and h.ended_at is not null ${from} order by h.ended_at desc, h.id desc limit ${A_PAGE + 1}`,
      ),
      rules: await tx.execute<{ trigger: (typeof HAND_OFF_TRIGGERS)[number]; to: string | null; hours: number }>(sql`
        select distinct on (u.trigger) u.trigger, u.minutes / 60.0 as hours, ${handleOfPerson(sql`u.to_id`)} as to
        from hand_off_rules u where u.vendor_id = ${vendorId} order by u.trigger, u.version desc`),
    }
  })
  const { shown: listed, nameOf } = await shown(
    viewer,
    vendor.vendorId,
    [...open, ...ended.slice(0, A_PAGE)],
    rules.map(({ to }) => to),
  )
  const last = listed.at(-1)
  const running = listed.slice(0, open.length)
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    open: [...running.filter(({ mine }) => mine), ...running.filter(({ mine }) => !mine)],
    ended: listed.slice(open.length),
    older: ended.length > A_PAGE && last?.endedAt ? `${last.endedAt.toISOString()}_${last.id}` : null,
    rules: HAND_OFF_TRIGGERS.map((trigger) => {
      const rule = rules.find((one) => one.trigger === trigger && one.to)
      return { trigger, to: nameOf(rule?.to ?? null), hours: rule ? Number(rule.hours) : null }
    }),
    may: { rule: can(viewer, 'hand-off.rule', vendor) },
  }
}

export type StepShown = { nth: number; what: string; doneAt: Date | null; by: HandleInfo | null }

/** /hand-offs/:id */
export async function handOffPage(viewer: PersonViewer, id: string) {
  const { it, found, steps } = await transaction(viewer, async (tx) => {
    const head = await staffHandOff(tx, viewer, id)
    return {
      it: head,
      found: await rows(tx, sql`where h.id = ${head.handOffId}`),
      steps: await tx.execute<{ nth: number; what: string; done_at: string | null; by: string | null }>(
        sql`select s.nth, s.what, s.done_at, ${handleOfPerson(sql`s.done_by`)} as by from hand_off_steps s where s.hand_off_id = ${head.handOffId} order by s.nth`,
      ),
    }
  })
  const {
    shown: [handOff],
    nameOf,
  } = await shown(
    viewer,
    it.vendorId,
    [...found],
    steps.map(({ by }) => by),
  )
  if (!handOff) throw new Error('A hand-off without its row')
  const runs = handOff.outcome === null
  return {
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    handOff,
    steps: steps.map(({ nth, what, done_at, by }): StepShown => ({
      nth,
      what,
      doneAt: done_at ? new Date(done_at) : null,
      by: nameOf(by),
    })),
    may: {
      answer: runs && can(viewer, 'hand-off.answer', it),
      withdraw: runs && can(viewer, 'hand-off.withdraw', it),
      tick: runs && can(viewer, 'hand-off.tick', it),
    },
  }
}

/** The form to return or withdraw one, while it runs. */
export async function answerForm(viewer: PersonViewer, id: string, what: 'return' | 'withdraw') {
  const { it, found } = await transaction(viewer, async (tx) => {
    const head = await staffHandOff(tx, viewer, id)
    return { it: head, found: await rows(tx, sql`where h.id = ${head.handOffId}`) }
  })
  if (what === 'return') authorize(viewer, 'hand-off.answer', it, 'handOff.notYours')
  else authorize(viewer, 'hand-off.withdraw', it, 'handOff.notYours')
  if (it.endedAt) throw new Conflict('handOff.ended')
  const {
    shown: [handOff],
  } = await shown(viewer, it.vendorId, [...found])
  return { id: it.handOffId, name: handOff?.of.name ?? '' }
}

const columns = { accountId: 'account_id', relationshipId: 'relationship_id' } as const

/** The hand-off that runs of an account or a relationship, for its page; null where none does, or where it is not the viewer’s to see. */
export async function runningOn(
  viewer: PersonViewer,
  of: { accountId: string } | { relationshipId: string },
): Promise<HandOffShown | null> {
  const [column, id] = 'accountId' in of ? (['accountId', of.accountId] as const) : (['relationshipId', of.relationshipId] as const)
  if (!isId(id)) return null
  const { vendorId, found } = await transaction(viewer, async (tx) => {
    const [one] = await tx
      .select({ vendorId: handOffs.vendorId })
      .from(handOffs)
      .where(and(visibleTo(viewer), eq(handOffs[column], id), isNull(handOffs.endedAt)))
    return {
      vendorId: one?.vendorId ?? '',
      found: one ? await rows(tx, sql`where h.${sql.identifier(columns[column])} = ${id} and h.ended_at is null`) : [],
    }
  })
  if (!can(viewer, 'hand-off.view', { vendorId })) return null
  const {
    shown: [running = null],
  } = await shown(viewer, vendorId, [...found])
  return running
}

export type ComingOwner = {
  id: string
  company: string | null
  from: HandleInfo | null
  to: HandleInfo | null
  dueAt: Date
  zone: string | null
  takenAt: Date | null
}

/** Of what is handed over at a vendor, what concerns the viewer as its customer: who comes, and by when. */
export async function handOffsOfMine(viewer: PersonViewer, vendorSlug: string): Promise<ComingOwner[]> {
  authorize(viewer, 'relationship.view-own', viewer)
  const found = await transaction(viewer, (tx) =>
    tx.execute<{
      id: string
      company: string | null
      from_id: string | null
      to_id: string | null
      due_at: string
      zone: string
      taken_at: string | null
    }>(sql`select x.* from vendors v cross join lateral hand_offs_of_viewer(v.id) x where v.slug = ${vendorSlug}`),
  )
  const names = await handlesShown(found.flatMap((row) => [row.from_id, row.to_id]))
  const nameOf = (handle: string | null) => (handle ? (names.get(handle) ?? null) : null)
  return found.map((row) => ({
    ...{ id: row.id, company: row.company, from: nameOf(row.from_id), to: nameOf(row.to_id), dueAt: new Date(row.due_at) },
    ...{ zone: row.zone || null, takenAt: row.taken_at ? new Date(row.taken_at) : null },
  }))
}
