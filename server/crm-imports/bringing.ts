import { sql } from 'drizzle-orm'
import { asJob, transaction, type Tx } from '~/db/client'
import type { BASES, IMPORT_ENDS, IMPORT_MAKES } from '~/db/kinds'
import { newId } from '~/db/ids'
import { crmImportMade } from '~/db/schema'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import {
  closeToMail,
  compareAnew,
  insertAccounts,
  insertContacts,
  insertEdge,
  insertKeys,
  insertWork,
  keyFrom,
  ownersOf,
  worksNow,
  type Key,
  type KeyOf,
} from '~/server/identity'
import { countAgainst } from '~/server/limits'
import { today } from '~/server/platform/clock'
import { addJob, type Task } from '~/server/platform/jobs'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { walkCrm, type Walked } from './checking'
import { goesOn, isIn, staffImport } from './facts'
import { nthOf, withFiles } from './files'
import { idsIn, type KnownRow, type KnownRows } from './known-rows'
import { sameId } from './likeness'
import type { Values } from './mapping'
import type { Kind } from './shapes'
import type { RowName } from './types'
import { basisIn, isYes } from './values'

const AT_ONCE = 200
/** What is compared, and of which rows it comes. */
const AS_KEPT = [
  ['organization', 'organisation'],
  ['contact', 'person'],
] as const

/** Says that it is to be brought in; that happens at once, behind the page. Throws Conflict where it is in already or has been taken out. */
export async function bringImport(viewer: PersonViewer, id: string): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffImport(tx, viewer, id, { lock: true })
    authorize(viewer, 'import.run', it)
    if (!goesOn(it)) throw new Conflict('import.begunAlready')
    const [any] = await tx.execute(sql`select 1 from crm_import_rows where import_id = ${it.importId} and fate = 'made' limit 1`)
    if (!any) throw new Conflict('import.nothingToBring')
    await tx.execute(sql`update crm_imports set state = 'running' where id = ${it.importId}`)
    await record(tx, viewer, 'import.started', { vendorId: it.vendorId, importId: it.importId })
    await addJob(tx, 'bring-import', { importId: it.importId }, { maxAttempts: 3, queue: 'imports' })
  })
}

/** Takes out again all that it made. Throws Conflict where somebody has gone on with any of it, and with how much. */
export async function undoImport(viewer: PersonViewer, id: string): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const it = await staffImport(tx, viewer, id, { lock: true })
      authorize(viewer, 'import.run', it)
      if (!isIn(it)) throw new Conflict('import.notIn')
      const others = await tx.execute<{ id: string; kind: string }>(sql`select distinct r.record_id as id, r.kind from crm_import_rows r
        where r.import_id = ${it.importId} and r.record_id is not null and not exists (select 1 from crm_import_made m where m.import_id = r.import_id and m.row_id = r.record_id)`)
      await tx.execute(sql`select undo_import(${it.importId})`)
      // What it was known by for a while is not compared any more.
      for (const [kind, of] of AS_KEPT)
        await inTurns(
          others.filter((one) => one.kind === of).map(({ id: recordId }) => recordId),
          (some) => asJob(tx, 'find-duplicates', () => compareAnew(tx, kind, some)),
        )
      await record(tx, viewer, 'import.undone', { vendorId: it.vendorId, importId: it.importId })
    })
  } catch (error) {
    if (refusedBy(error) !== 'crm_imports_touched') throw error
    const [touched] = await transaction(viewer, (tx) =>
      tx.execute<{ count: number }>(sql`select count(*)::int as count from import_touched(${id})`),
    )
    throw new Conflict('import.touched', { count: touched?.count ?? 1 })
  }
}

const job = systemViewer('import')
type It = {
  importId: string
  vendorId: string
  basis: (typeof BASES)[number] | null
  askBy: string
  ownerId: string
  startedBy: string
}
type Item = Walked & { key: string }
type Ended = (typeof IMPORT_ENDS)[number]
type Outcome = { item: Item; ended: Ended; recordId: string | null }
type Made = { kind: (typeof IMPORT_MAKES)[number]; rowId: string; was?: boolean | null }

/**
 * The job `bring-import`: brings in what can be. Companies, then those that repeat them, then which belongs to which; people, and where they
 * work. A few hundred rows in a transaction, each marked with what became of it, so that whoever begins again goes on where it broke off. What is
 * in the database already by its id, domain or mailbox is made no second time. What cannot be finished stands as it is, and can be gone on with or
 * taken out.
 */
const bringIn: Task = async (payload, { lastAttempt }) => {
  const { importId } = payload as { importId: string }
  const it = await running(importId)
  if (!it) return
  try {
    await bringAll(it)
  } catch (error) {
    if (lastAttempt) await transaction(job, (tx) => ended(tx, it, 'broken'))
    throw error
  }
}

export const importTasks = { 'bring-import': bringIn }

/** Who was to own its accounts and has left since is stood in for by whoever owns what nobody else owns. */
const running = (importId: string) =>
  transaction(job, async (tx) => {
    const [found] = await tx.execute<It>(sql`select i.id as "importId", i.vendor_id as "vendorId", i.basis, i.ask_by::text as "askBy",
      coalesce((select s.person_id from vendor_staff s where s.vendor_id = i.vendor_id and s.person_id = i.owner_id and s.ended_at is null limit 1),
        v.default_owner_id, i.owner_id) as "ownerId", i.started_by as "startedBy"
      from crm_imports i join vendors v on v.id = i.vendor_id where i.id = ${importId} and i.state = 'running'`)
    return found
  })

async function bringAll(it: It): Promise<void> {
  const brought = await read(it)
  const { ofKind } = brought
  await inTurns(ofKind('organisation', 'made'), (some) => step(it, brought, some, companies))
  await inTurns(ofKind('organisation', 'duplicate'), (some) => step(it, brought, some, repeats))
  await inTurns(ofKind('organisation', 'made'), (some) => besides(it, some, (tx, those) => under(tx, it, brought, those)))
  await inTurns(ofKind('person', 'made'), (some) => step(it, brought, some, people))
  await inTurns(ofKind('person', 'duplicate'), (some) => step(it, brought, some, repeats))
  for (const fate of ['made', 'duplicate'] as const)
    await inTurns(ofKind('person', fate), (some) => besides(it, some, (tx, those) => workOf(tx, it, those.flatMap(whereTheyWork(brought)))))
  await inTurns(ofKind('affiliation', 'made'), (some) => step(it, brought, some, places))
  await transaction(job, async (tx) => {
    await tx.execute(sql`update crm_import_rows set ended = 'left' where import_id = ${it.importId} and ended is null`)
    for (const [kind, of] of AS_KEPT) {
      const ids = brought.items.flatMap(({ key, fate }) => (fate.kind === of ? (brought.records.get(key) ?? []) : []))
      await inTurns([...new Set(ids)], (some) => asJob(tx, 'find-duplicates', () => compareAnew(tx, kind, some)))
    }
    await ended(tx, it, 'done')
  })
}

/** What was made is marked as it is now, so that it is seen whether somebody goes on with it. */
async function ended(tx: Tx, { vendorId, importId }: It, as: 'done' | 'broken'): Promise<void> {
  await tx.execute(sql`select print_import(${importId})`)
  await tx.execute(sql`update crm_imports set state = ${as}, brought_at = now() where id = ${importId}`)
  await record(tx, job, 'import.brought', { vendorId, importId })
}

type Brought = {
  items: Item[]
  known: KnownRows
  /** The record of a row that is in, by file and row. */
  records: Map<string, string>
  ofKind: (kind: Kind, fate: 'made' | 'duplicate') => Item[]
  recordOf: (row: RowName | undefined) => string | undefined
}

const keyOf = ({ file, row }: RowName) => `${nthOf(file)} ${row}`

async function read(it: It): Promise<Brought> {
  const { items, known } = await transaction(job, (tx) =>
    withFiles(tx, it.importId, async (folder) => {
      const walk = await walkCrm(folder, { basis: it.basis !== null })
      const all: Item[] = []
      for await (const one of walk.rows) all.push({ ...one, key: keyOf(one.fate) })
      return { items: all, known: walk.known }
    }),
  )
  const done = await transaction(job, (tx) =>
    tx.execute<{ key: string; id: string }>(sql`select file_nth || ' ' || row as key, record_id as id from crm_import_rows
      where import_id = ${it.importId} and record_id is not null`),
  )
  const records = new Map(done.map(({ key, id }) => [key, id]))
  const at = new Map(items.map((item) => [item.key, item]))
  const recordOf = (row: RowName | undefined, deep = 0): string | undefined => {
    if (!row || deep > 50) return undefined
    const master = at.get(keyOf(row))?.fate.of
    return master ? recordOf(master, deep + 1) : records.get(keyOf(row))
  }
  const ofKind = (kind: Kind, fate: string) => items.filter((item) => item.fate.kind === kind && item.fate.fate === fate)
  return { items, known, records, ofKind, recordOf: (row) => recordOf(row) }
}

async function inTurns<T>(all: T[], work: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) await work(all.slice(from, from + AT_ONCE))
}

/** One turn of rows that have not ended yet. Of two who bring the same in, the second waits and finds it done. */
async function step(it: It, brought: Brought, some: Item[], bring: (tx: Tx, it: It, brought: Brought, open: Item[]) => Promise<Outcome[]>) {
  await transaction(job, async (tx) => {
    const ended = await lockedRows(tx, it, some)
    for (const [key, id] of ended) if (id) brought.records.set(key, id)
    const outcomes = await bring(
      tx,
      it,
      brought,
      some.filter(({ key }) => !ended.has(key)),
    )
    for (const { item, recordId } of outcomes) if (recordId) brought.records.set(item.key, recordId)
    const marks = outcomes.map(({ item, ended: what, recordId }) => ({
      nth: nthOf(item.fate.file),
      row: item.fate.row,
      what,
      id: recordId,
    }))
    await tx.execute(sql`update crm_import_rows r set ended = x.what, record_id = x.id
      from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) x(nth int, row int, what text, id uuid)
      where r.import_id = ${it.importId} and r.file_nth = x.nth and r.row = x.row`)
  })
}

/** What is added to rows that have ended: repeated, it finds itself there. */
const besides = (it: It, some: Item[], work: (tx: Tx, some: Item[]) => Promise<void>) =>
  transaction(job, async (tx) => {
    await lockedRows(tx, it, [])
    await work(tx, some)
  })

async function lockedRows(tx: Tx, it: It, some: Item[]): Promise<Map<string, string | null>> {
  await tx.execute(sql`select 1 from crm_imports where id = ${it.importId} for update`)
  const rows = JSON.stringify(some.map(({ fate }) => ({ nth: nthOf(fate.file), row: fate.row })))
  const ended = await tx.execute<{ key: string; id: string | null }>(sql`select r.file_nth || ' ' || r.row as key, r.record_id as id
    from jsonb_to_recordset(${rows}::jsonb) x(nth int, row int) join crm_import_rows r on r.import_id = ${it.importId} and r.file_nth = x.nth and r.row = x.row
    where r.ended is not null`)
  return new Map(ended.map(({ key, id }) => [key, id]))
}

const made = async (tx: Tx, { importId }: It, rows: Made[]) => {
  if (rows.length > 0)
    await tx
      .insert(crmImportMade)
      .values(rows.map((row) => ({ importId, was: null, ...row })))
      .onConflictDoNothing()
}

/** By what somebody or a company of a row is known again. A branch shares the domain of its parent: by its own id alone is it known. */
function keysOf({ values, source, fate }: Item): Key[] {
  const id = values.id && source ? keyFrom('external', `${source}:${sameId(values.id)}`) : null
  const of =
    fate.kind === 'organisation'
      ? [values.domain && !values.parent ? keyFrom('domain', values.domain) : null]
      : [values.email ? keyFrom('email', values.email) : null, values.phone ? keyFrom('phone', values.phone) : null]
  return [id, ...of].filter((key) => key !== null)
}
const keysOfAll = (open: Item[]) => new Map(open.map((item) => [item, keysOf(item)]))

/** Which of these rows are in the database already, by what they are known; the others are fresh, and get an id. */
async function whatIsThere(tx: Tx, { vendorId }: It, open: Item[]) {
  const keys = keysOfAll(open)
  const owners = await ownersOf(tx, vendorId, [...keys.values()].flat())
  const outcomes = open.map((item) => {
    const there = keys
      .get(item)
      ?.map(({ kind, valueNorm }) => owners.get(`${kind} ${valueNorm}`))
      .find((id) => id !== undefined)
    return { item, ended: there ? ('known' as const) : ('made' as const), recordId: there ?? newId() }
  })
  return { keys, outcomes, fresh: outcomes.filter(({ ended }) => ended === 'made') }
}

async function companies(tx: Tx, it: It, _: Brought, open: Item[]): Promise<Outcome[]> {
  const { keys, outcomes, fresh } = await whatIsThere(tx, it, open)
  const accountIds = fresh.map(() => newId())
  await insertAccounts(
    tx,
    it.vendorId,
    { personId: it.startedBy, ownerId: it.ownerId, source: 'import' },
    fresh.map(({ item: { values }, recordId }, at) => ({
      ...{ organizationId: recordId, accountId: accountIds[at] ?? '' },
      ...{ name: values.name ?? values.domain ?? '', city: values.location ?? '' },
    })),
  )
  const added = await addKeys(tx, it, outcomes, (id) => ({ organizationId: id }), keys)
  await made(tx, it, [
    ...fresh.map(({ recordId }): Made => ({ kind: 'organization', rowId: recordId })),
    ...accountIds.map((rowId): Made => ({ kind: 'account', rowId })),
    ...added,
  ])
  return outcomes
}

async function people(tx: Tx, it: It, _: Brought, open: Item[]): Promise<Outcome[]> {
  const { keys, outcomes, fresh } = await whatIsThere(tx, it, open)
  if (fresh.length > 0)
    await insertContacts(
      tx,
      it.vendorId,
      { personId: it.startedBy, source: 'import' },
      fresh.map(({ item: { values, source }, recordId }) => {
        const basis = groundOf(it, values)
        if (!basis) throw new Error('somebody without a lawful ground was about to be kept')
        const name = values.name ?? [values.givenName, values.familyName].filter(Boolean).join(' ')
        return {
          ...{
            id: recordId,
            name: name || (values.email ?? ''),
            familyName: values.familyName,
            city: values.location,
            country: '',
            keys: [],
          },
          ...{ cameFrom: 'import' as const, cameFromWords: source ?? '', basis, askBy: basis === 'contract' ? undefined : it.askBy },
        }
      }),
    )
  const added = await addKeys(tx, it, outcomes, (id) => ({ contactId: id }), keys)
  await made(tx, it, [
    ...fresh.map(({ recordId }): Made => ({ kind: 'contact', rowId: recordId })),
    ...added,
    ...(await closed(tx, it, outcomes)),
  ])
  return outcomes
}

const groundOf = (it: It, values: Values) => basisIn(values.basis) ?? it.basis

/** What repeats a row is added to its record: by what it is known, and its “no”. */
async function repeats(tx: Tx, it: It, { recordOf }: Brought, open: Item[]): Promise<Outcome[]> {
  const outcomes = open.map((item): Outcome => {
    const recordId = recordOf(item.fate) ?? null
    return { item, ended: recordId ? 'joined' : 'left', recordId }
  })
  const [kind] = open.map(({ fate }) => fate.kind)
  const keys = keysOfAll(open)
  const added = await addKeys(tx, it, outcomes, (id) => (kind === 'organisation' ? { organizationId: id } : { contactId: id }), keys)
  await made(tx, it, [...added, ...(kind === 'person' ? await closed(tx, it, outcomes) : [])])
  return outcomes
}

async function addKeys(
  tx: Tx,
  it: It,
  outcomes: Outcome[],
  owner: (id: string) => { contactId: string } | { organizationId: string },
  keys: Map<Item, Key[]>,
): Promise<Made[]> {
  const rows = outcomes.flatMap(({ item, recordId }): KeyOf[] =>
    recordId ? (keys.get(item) ?? []).map((key) => ({ ...owner(recordId), key })) : [],
  )
  return (await insertKeys(tx, it.vendorId, 'import', rows)).map((rowId) => ({ kind: 'key', rowId }))
}

/** Whoever would have no mail there has none here. */
async function closed(tx: Tx, it: It, outcomes: Outcome[]): Promise<Made[]> {
  const changed: Made[] = []
  for (const { item, recordId } of outcomes) {
    if (!recordId || !isYes(item.values.optedOut)) continue
    const was = await closeToMail(tx, it.vendorId, recordId, today())
    if (was !== undefined) changed.push({ kind: 'consent', rowId: recordId, was })
  }
  return changed
}

async function under(tx: Tx, it: It, { known, records, recordOf }: Brought, some: Item[]): Promise<void> {
  const edges: Made[] = []
  for (const { values, key } of some) {
    const [childId, parentId] = [records.get(key), values.parent ? recordOf(known.of('organisation', values.parent)) : undefined]
    if (!childId || !parentId || childId === parentId) continue
    const edge = { vendorId: it.vendorId, parentId, childId, startedOn: today(), createdBy: it.startedBy }
    const rowId = await insertEdge(tx, edge)
    if (rowId) edges.push({ kind: 'edge', rowId })
  }
  await made(tx, it, edges)
}

type Place = { contactId: string; organizationId: string; title: string }

const whereTheyWork =
  ({ known, recordOf }: Brought) =>
  ({ fate, values }: Item): Place[] => {
    const contactId = recordOf(fate)
    const at = (row: KnownRow | undefined) => recordOf(row)
    return idsIn(values.organisation).flatMap((id) => {
      const organizationId = at(known.of('organisation', id))
      return contactId && organizationId ? [{ contactId, organizationId, title: values.title ?? '' }] : []
    })
  }

/** Where they work from today on, as far as is known; the first place of somebody who has none is the main one. */
async function workOf(tx: Tx, it: It, places_: Place[]): Promise<void> {
  const there = await worksNow(tx, [...new Set(places_.map(({ contactId }) => contactId))])
  const rows = places_.flatMap(({ contactId, organizationId, title }) => {
    if (there.has(`${contactId} ${organizationId}`)) return []
    const isPrimary = !there.has(`${contactId} main`)
    there.add(`${contactId} ${organizationId}`).add(`${contactId} main`)
    return [{ id: newId(), contactId, organizationId, title, department: '', isPrimary, startedOn: today() }]
  })
  await insertWork(tx, it.vendorId, 'import', rows)
  await made(
    tx,
    it,
    rows.map(({ id: rowId }): Made => ({ kind: 'work', rowId })),
  )
}

async function places(tx: Tx, it: It, brought: Brought, open: Item[]): Promise<Outcome[]> {
  const { known, recordOf } = brought
  const found = open.map((item) => {
    const contactId = recordOf(known.of('person', item.values.person ?? ''))
    const organizationId = recordOf(known.of('organisation', item.values.organisation ?? ''))
    return { item, place: contactId && organizationId ? { contactId, organizationId, title: item.values.role ?? '' } : null }
  })
  await workOf(
    tx,
    it,
    found.flatMap(({ place }) => place ?? []),
  )
  return found.map(({ item, place }): Outcome => ({ item, ended: place ? 'made' : 'left', recordId: place?.contactId ?? null }))
}

const MOST_DAYS = 30

/** Every day: after thirty days the files and what was said of their rows are gone. What was made of them stays, and cannot be undone as one any more. */
export async function forgetImports(): Promise<void> {
  await transaction(systemViewer('forget-imports'), async (tx) => {
    const due = sql`(select i.id from crm_imports i where i.forgotten_at is null and i.state <> 'running' and i.created_at < now() - make_interval(days => ${MOST_DAYS}))`
    await tx.execute(sql`delete from crm_import_files where import_id in ${due}`)
    await tx.execute(sql`delete from crm_import_rows where import_id in ${due}`)
    await tx.execute(sql`update crm_imports set forgotten_at = now() where id in ${due}`)
  })
}
