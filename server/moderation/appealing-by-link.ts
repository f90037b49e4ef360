import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { appealAddresses, appeals, importedAddresses, reports } from '~/db/schema'
import { networkOf } from '~/server/accounts'
import { addressMac } from '~/server/authorship'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { readToken, signedToken } from '~/server/platform/signing'
import { systemViewer, type Viewer } from '~/server/viewer'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { contestedDecision, type Contested } from './appeal-facts'
import { columnsOfAppeal } from './appealing'
import type { AppealLinkInput, LinkAppealInput } from './input'
import { decisionPage, statementFor } from './log'
import { APPEAL_WORKING_DAYS, restricts, workingDaysAfter } from './rules'

/** The link is the right: whom nobody can ask to sign in has nothing else. */
const system = systemViewer('appeals-by-link')

/** Who was told of a decision and has no account: by what they reported, or by the handle under which they wrote. */
type Holder = { decisionId: string; by: 'report' | 'author'; id: string }
type Held = { decision: Contested; appealed: string | null; email: string | null; signsIn: boolean }

const tokenFor = ({ decisionId, by, id }: Holder) => signedToken('appeal', `${decisionId}:${by}:${id}`)
const linkFor = async (holder: Holder) => `${publicOrigins()[0] ?? ''}/appeal/${await tokenFor(holder)}`

/** For whoever reported what was left as it is. */
export const reportersAppeal = (decisionId: string, flagId: string) => tokenFor({ decisionId, by: 'report', id: flagId })

/** What the mail of a decision carries for the time when its reader has no account any more; null where nothing can be contested. */
export async function linkWithoutAccount(decisionId: string): Promise<{ link: string; until: Date } | null> {
  const decision = await transaction(system, (tx) => contestedDecision(tx, sql`d.id = ${decisionId}::uuid`))
  if (!decision?.targetHandleId || !restricts(decision.act) || !isOpen(decision)) return null
  return { link: await linkFor({ decisionId, by: 'author', id: decision.targetHandleId }), until: decision.appealUntil as Date }
}

/** The statement of reasons, and the form or what became of it. Who can sign in is led to the form of their account. */
export async function linkedAppealPage(token: string) {
  const holder = await holderOf(token)
  return transaction(system, async (tx) => {
    const { decision, appealed, email, signsIn } = await held(tx, holder)
    const [appeal] = appealed ? await tx.select(columnsOfAppeal).from(appeals).where(eq(appeals.id, appealed)) : []
    if (!appeal && !isOpen(decision)) throw new Conflict('appeal.tooLate')
    const statement = await statementFor(system, tx, decision.decisionId, holder.by === 'report' ? 'reporter' : 'target')
    return { statement, appeal: appeal ?? null, asksForAddress: email === null, signsIn }
  })
}

/** Once by each link, for as long as the decision says; read and decided by the same people as any other. */
export async function appealByLink(token: string, input: LinkAppealInput, from: string): Promise<void> {
  const holder = await holderOf(token)
  await countAgainst('appeal-from', networkOf(from))
  const email = await transaction(system, async (tx) => {
    const { email } = await held(tx, holder)
    return email ?? input.email?.toLowerCase()
  })
  if (!email) throw new Invalid({ email: 'required' })
  await transaction(system, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`appeal:${holder.decisionId}`}, 0))`)
    const { decision, appealed, signsIn } = await held(tx, holder)
    if (appealed) throw new Conflict('appeal.already')
    if (!isOpen(decision)) throw new Conflict('appeal.tooLate')
    if (signsIn) throw new NotFound()
    const { decisionId, subjectKind, communityId, vendorId } = decision
    const appealId = newId()
    await tx.insert(appeals).values({
      id: appealId,
      decisionId,
      handleId: holder.by === 'author' ? holder.id : null,
      flagId: holder.by === 'report' ? holder.id : null,
      standing: holder.by === 'author' ? 'target' : 'reporter',
      words: input.body,
      dueAt: workingDaysAfter(now(), APPEAL_WORKING_DAYS),
      createdAt: now(),
    })
    await tx.insert(appealAddresses).values({ appealId, email })
    await record(tx, system, 'appeal.written', { appealId, decisionId, subjectKind, communityId, vendorId })
  })
}

/** The form that mails a link: it stands at every decision that takes something away, so that it says nothing of whom. */
export async function appealLinkPage(viewer: Viewer, decisionId: string) {
  const { id, act, subjectKind, appealUntil } = await decisionPage(viewer, decisionId)
  if (!restricts(act) || subjectKind === 'person') throw new NotFound()
  return { id, act, subjectKind, appealUntil }
}

/** Mails the link where an import brought this very address with what was decided on. The answer is the same where it did not. */
export async function mailAppealLink(viewer: Viewer, decisionId: string, input: AppealLinkInput, from: string): Promise<void> {
  await appealLinkPage(viewer, decisionId)
  const email = input.email.toLowerCase()
  await countAgainst('appeal-from', networkOf(from))
  await countAgainst('mail-to', email)
  const mac = await addressMac({ address: email })
  await transaction(system, async (tx) => {
    const decision = await contestedDecision(tx, sql`d.id = ${decisionId}::uuid`)
    const author = decision ? await authorOf(tx, decision) : null
    if (!decision || !author || !isOpen(decision) || !(await brought(tx, author, mac))) return
    const link = await linkFor({ decisionId, by: 'author', id: author })
    const until = decision.appealUntil as Date
    await queueMail(tx, {
      to: email,
      ...plainly(() => ({ subject: say('appeal.mail.link.subject'), text: say('appeal.mail.link.text', { link, day: sayDay(until) }) })),
    })
  })
}

/** Reaction to `appeal.decided`: whoever appealed without an account hears of the outcome; then nothing is left of the address. */
export async function tellWhoAppealed(event: Happened): Promise<void> {
  const { appealId } = event.payload as { appealId: string }
  await transaction(system, async (tx) => {
    const [told] = await tx
      .delete(appealAddresses)
      .where(eq(appealAddresses.appealId, appealId))
      .returning({ email: appealAddresses.email })
    const [appeal] = await tx
      .select()
      .from(appeals)
      .where(and(eq(appeals.id, appealId), isNotNull(appeals.outcome)))
    if (!told || !appeal?.outcome) return
    const { decisionId, flagId, handleId, outcome } = appeal
    const link = await linkFor({ decisionId, by: flagId ? 'report' : 'author', id: flagId ?? handleId ?? '' })
    await queueMail(tx, {
      to: told.email,
      ...plainly(() => ({ subject: say('appeal.mail.decided.subject'), text: say('appeal.mail.decided.text', { outcome, link }) })),
    })
  })
}

const isOpen = ({ appealUntil }: Contested) => appealUntil !== null && appealUntil >= now()

async function holderOf(token: string): Promise<Holder> {
  const [decisionId = '', by, id = ''] = (await readToken('appeal', token))?.split(':') ?? []
  if (!isId(decisionId) || !isId(id) || (by !== 'report' && by !== 'author')) throw new NotFound()
  return { decisionId, by, id }
}

/** What the link is about as it is now: an appeal that was written, or what may still be contested. */
async function held(tx: Tx, { decisionId, by, id }: Holder): Promise<Held> {
  const decision = await contestedDecision(tx, sql`d.id = ${decisionId}::uuid`)
  if (!decision) throw new NotFound()
  const [appeal] = await tx
    .select({ id: appeals.id })
    .from(appeals)
    .where(and(eq(appeals.decisionId, decisionId), by === 'report' ? eq(appeals.flagId, id) : eq(appeals.standing, 'target')))
    .limit(1)
  const appealed = appeal?.id ?? null
  if (by === 'author') {
    if (!restricts(decision.act) || (await authorOf(tx, decision)) !== id) throw new NotFound()
    const [row] = await tx.execute<{ signs_in: boolean }>(sql`select handle_signs_in(${id}::uuid) as signs_in`)
    return { decision, appealed, email: null, signsIn: row?.signs_in ?? true }
  }
  const [reported] = await tx.execute<{ declined: boolean }>(sql`
    select settled_by_decision_id = ${decisionId}::uuid and state = 'declined' as declined from flags where id = ${id}::uuid and flagged_by is null`)
  if (!reported || (!appealed && (decision.act !== 'keep' || !reported.declined))) throw new NotFound()
  const [report] = await tx.select({ email: reports.email }).from(reports).where(eq(reports.flagId, id))
  return { decision, appealed, email: report?.email ?? null, signsIn: false }
}

async function authorOf(tx: Tx, { targetHandleId, subjectKind, subjectId }: Contested): Promise<string | null> {
  if (targetHandleId) return targetHandleId
  const [row] = await tx.execute<{ author: string | null }>(sql`select author_of_subject(${subjectKind}, ${subjectId}::uuid) as author`)
  return row?.author ?? null
}

async function brought(tx: Tx, importedId: string, mac: string): Promise<boolean> {
  const found = await tx
    .select({ id: importedAddresses.importedId })
    .from(importedAddresses)
    .where(and(eq(importedAddresses.importedId, importedId), eq(importedAddresses.addressMac, mac)))
  return found.length > 0
}
