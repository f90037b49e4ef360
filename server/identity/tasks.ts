import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import type { ACCOUNT_TASKS } from '~/db/kinds'
import { isId, newId } from '~/db/ids'
import { accounts, accountTasks, vendorOrganizations } from '~/db/schema'
import { handleOfPerson, handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled, colleaguesOf, endOfDue, handleOfColleague } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { behind, staffAccount, visibleTo } from './facts'
import type { AccountTaskInput } from './input'

const SHOWN = 50
/** What falls due is looked at so far ahead. */
const AHEAD_DAYS = 7

/** What is to be done for a company, whichever of the accounts that became one it was written on. */
const ofCompany = (organizationId: string) =>
  sql`${accountTasks.accountId} in (select a.id from accounts a where a.organization_id in ${behind('vendor_organizations', organizationId)})`

/** Something to do for a company, with a colleague who owns it and a day by which it is due. */
export async function addAccountTask(viewer: PersonViewer, accountId: string, { what, owner, due }: AccountTaskInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  const dueOn = endOfDue(due).toISOString().slice(0, 10)
  return transaction(viewer, async (tx) => {
    const { vendorId } = await staffAccount(tx, viewer, accountId)
    authorize(viewer, 'account.keep', { vendorId })
    const ownerId = await colleagueCalled(tx, vendorId, owner)
    const taskId = newId()
    const task = { id: taskId, vendorId, accountId, kind: 'by-hand' as const, what, ownerId, dueOn, createdBy: viewer.personId }
    await tx.insert(accountTasks).values(task)
    await record(tx, viewer, 'account.task-added', { vendorId, accountId, taskId })
    return taskId
  })
}

/** Marks a task as done; done twice is done once. */
export async function finishAccountTask(viewer: PersonViewer, accountId: string, taskId: string): Promise<void> {
  if (!isId(taskId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const { vendorId, organizationId } = await staffAccount(tx, viewer, accountId)
    authorize(viewer, 'account.keep', { vendorId })
    const [task] = await tx
      .select({ doneAt: accountTasks.doneAt })
      .from(accountTasks)
      .where(and(eq(accountTasks.id, taskId), ofCompany(organizationId)))
    if (!task) throw new NotFound()
    if (!task.doneAt) await finish(tx, viewer, { vendorId, accountId, taskId })
  })
}

async function finish(tx: Tx, viewer: PersonViewer, it: { vendorId: string; accountId: string; taskId: string }): Promise<void> {
  const done = await tx
    .update(accountTasks)
    .set({ doneBy: viewer.personId, doneAt: now() })
    .where(and(eq(accountTasks.id, it.taskId), isNull(accountTasks.doneAt)))
    .returning({ id: accountTasks.id })
  if (done.length > 0) await record(tx, viewer, 'account.task-done', it)
}

/** Somebody was named for what the nightly weighing asked for. */
export async function finishAsked(
  tx: Tx,
  viewer: PersonViewer,
  { vendorId, accountId, organizationId, kind }: { vendorId: string; accountId: string; organizationId: string; kind: 'new-champion' },
): Promise<void> {
  const asked = await tx
    .select({ taskId: accountTasks.id })
    .from(accountTasks)
    .where(and(ofCompany(organizationId), eq(accountTasks.kind, kind), isNull(accountTasks.doneAt)))
  for (const { taskId } of asked) await finish(tx, viewer, { vendorId, accountId, taskId })
}

export type AccountTask = {
  id: string
  kind: (typeof ACCOUNT_TASKS)[number]
  what: string
  owner: { displayName: string } | null
  dueAt: string
  doneAt: Date | null
  late: boolean
}

/** What is to be done for a company, what is due first in front, and what was done last; with whom it could be given to. */
export async function tasksOfAccount(viewer: PersonViewer, accountId: string) {
  const { vendorId, rows, colleagues, me } = await transaction(viewer, async (tx) => {
    const { vendorId: ofVendor, organizationId } = await staffAccount(tx, viewer, accountId)
    const found = await tx
      .select({
        ...{
          id: accountTasks.id,
          kind: accountTasks.kind,
          what: accountTasks.what,
          dueAt: accountTasks.dueOn,
          doneAt: accountTasks.doneAt,
        },
        owner: sql<string | null>`${handleOfPerson(sql`${accountTasks.ownerId}`)}`,
      })
      .from(accountTasks)
      .where(ofCompany(organizationId))
      .orderBy(sql`${accountTasks.doneAt} is not null`, desc(accountTasks.doneAt), asc(accountTasks.dueOn))
      .limit(SHOWN)
    return {
      ...{ vendorId: ofVendor, rows: found },
      colleagues: await colleaguesOf(tx, ofVendor),
      me: await handleOfColleague(tx, ofVendor, viewer.personId),
    }
  })
  const names = await handlesShown(
    rows.map(({ owner }) => owner),
    { vendorId },
  )
  const tasks: AccountTask[] = rows.map(({ owner, ...task }) => ({
    ...task,
    owner: owner ? (names.get(owner) ?? null) : null,
    late: !task.doneAt && task.dueAt < today(),
  }))
  return { tasks, colleagues, me }
}

/** The companies that need this one of the vendor’s staff: what they have to do for them by a week from now, what is due first in front. */
export async function accountsInNeed(viewer: PersonViewer, vendor: { vendorId: string }) {
  authorize(viewer, 'account.view', vendor)
  const until = new Date(now().getTime() + AHEAD_DAYS * 86_400_000).toISOString().slice(0, 10)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        ...{ taskId: accountTasks.id, accountId: accounts.id, name: vendorOrganizations.name, kind: accountTasks.kind },
        ...{ what: accountTasks.what, due: accountTasks.dueOn },
      })
      .from(accountTasks)
      .innerJoin(accounts, eq(accounts.id, accountTasks.accountId))
      .innerJoin(vendorOrganizations, eq(vendorOrganizations.id, accounts.organizationId))
      .where(
        and(
          visibleTo(viewer),
          eq(accountTasks.vendorId, vendor.vendorId),
          eq(accountTasks.ownerId, viewer.personId),
          isNull(accountTasks.doneAt),
          lte(accountTasks.dueOn, until),
        ),
      )
      .orderBy(asc(accountTasks.dueOn))
      .limit(SHOWN),
  )
  return rows.map((row) => ({ ...row, late: row.due < today() }))
}
