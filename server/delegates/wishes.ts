import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { delegateWishes } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { askQuestion } from '~/server/threads'
import { AskInput } from '~/server/threads/input'
import { giveGrant } from '~/server/vault'
import { GrantInput } from '~/server/vault/input'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import type { Write } from './input'
import { used, type Delegate } from './knowing'

const DAY_MS = 86_400_000
/** A wish that nobody answered is forgotten. */
const WISH_DAYS = 7
const MOST_WAITING = 20

/** A program types it, and it is kept: nothing goes in that an address could not hold. */
const slug = z.string().regex(/^[a-z0-9-]{1,80}$/, 'invalid')

/** What a delegate can want done, each as the form of the same name takes it. */
export const WANTED = {
  'grants:write': GrantInput.extend({ vendor: slug, attributes: z.array(slug).min(1, 'vault.chooseFields').max(50) }),
  'questions:write': AskInput.extend({ community: slug }),
} as const satisfies Record<Write, z.ZodType>

/** Why each field of what was wanted cannot be taken; the same words as beside a form. */
function checked<W extends Write>(scope: W, wanted: unknown): z.infer<(typeof WANTED)[W]> {
  const parsed = WANTED[scope].safeParse(wanted)
  if (parsed.success) return parsed.data as z.infer<(typeof WANTED)[W]>
  throw new Invalid(Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? 'form'), issue.message])))
}

/** Does it in the person's name, as their own form would: with every rule that binds them. Returns where it stands. */
async function carryOut(viewer: PersonViewer, scope: Write, wanted: unknown): Promise<string> {
  if (scope === 'grants:write') return `/me/grants/${await giveGrant(viewer, checked('grants:write', wanted))}`
  const { community, ...question } = checked('questions:write', wanted)
  const { number } = await askQuestion(viewer, community, question)
  return `/c/${community}/${number}`
}

/**
 * What a delegate wants done in the person's name. Approved beforehand, it happens now; otherwise it waits for them for a week, and they
 * are told. Throws Invalid for what could never be done.
 */
export async function want(
  delegate: Delegate,
  scope: Write,
  wanted: unknown,
  why: string,
): Promise<{ outcome: 'done' | 'waiting'; path: string }> {
  const { viewer } = delegate
  const tool = scope === 'grants:write' ? 'draft_grant' : 'ask_question'
  checked(scope, wanted)
  if (delegate.preapproved.includes(scope)) {
    const path = await carryOut(viewer, scope, wanted)
    await transaction(viewer, (tx) => used(tx, delegate, { tool, outcome: 'done' }))
    return { outcome: 'done', path }
  }
  const id = newId()
  await transaction(viewer, async (tx) => {
    const [{ waiting } = { waiting: 0 }] = await tx
      .select({ waiting: sql<number>`count(*)::int` })
      .from(delegateWishes)
      .where(open(viewer))
    if (waiting >= MOST_WAITING) throw new Conflict('delegates.tooManyWaiting')
    const expiresAt = new Date(now().getTime() + WISH_DAYS * DAY_MS)
    await tx.insert(delegateWishes).values({ id, personId: viewer.personId, delegateId: delegate.id, scope, wanted, why, expiresAt })
    await used(tx, delegate, { tool, outcome: 'waiting' })
    await record(tx, systemViewer('delegate'), 'wish.made', { personId: viewer.personId, delegateId: delegate.id, wishId: id })
  })
  return { outcome: 'waiting', path: `/me/delegates#wish-${id}` }
}

const open = (viewer: PersonViewer) =>
  and(eq(delegateWishes.personId, viewer.personId), isNull(delegateWishes.outcome), gt(delegateWishes.expiresAt, now()))

/** What waits for the person, newest first. */
export async function waitingWishes(viewer: PersonViewer) {
  return transaction(viewer, (tx) =>
    tx.select().from(delegateWishes).where(open(viewer)).orderBy(desc(delegateWishes.createdAt)).limit(MOST_WAITING),
  )
}

/** The person does it themselves, with what the delegate wrote. Twice is once. Returns where it stands. */
export async function confirmWish(viewer: PersonViewer, id: string): Promise<string> {
  const { scope, wanted } = await decide(viewer, id, 'confirmed')
  try {
    return await carryOut(viewer, scope, wanted)
  } catch (error) {
    // What could not be done waits on, for the person to see why.
    await transaction(viewer, (tx) => tx.update(delegateWishes).set({ outcome: null, decidedAt: null }).where(eq(delegateWishes.id, id)))
    throw error
  }
}

export async function declineWish(viewer: PersonViewer, id: string): Promise<void> {
  await decide(viewer, id, 'declined')
}

async function decide(viewer: PersonViewer, id: string, outcome: 'confirmed' | 'declined') {
  if (!isId(id)) throw new NotFound()
  authorize(viewer, 'wish.decide', null)
  return transaction(viewer, async (tx) => {
    const [wish] = await tx.select().from(delegateWishes).where(eq(delegateWishes.id, id)).for('update')
    if (!wish) throw new NotFound()
    mustBeFound(viewer, 'delegate.view', wish)
    if (wish.outcome || wish.expiresAt <= now()) throw new Conflict('delegates.wishOver')
    await tx.update(delegateWishes).set({ outcome, decidedAt: now() }).where(eq(delegateWishes.id, id))
    await record(tx, viewer, 'wish.decided', { personId: viewer.personId, delegateId: wish.delegateId, wishId: id, outcomeKind: outcome })
    return wish
  })
}

/** By night: what nobody answered, and what was answered a month ago. Its words go; that it was asked stays in the uses. */
export async function forgetWishes(): Promise<void> {
  const long = new Date(now().getTime() - 30 * DAY_MS)
  await transaction(systemViewer('forget-wishes'), (tx) => tx.delete(delegateWishes).where(lt(delegateWishes.expiresAt, long)))
}
