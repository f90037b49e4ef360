import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { decisions, flags, reports } from '~/db/schema'
import { networkOf } from '~/server/accounts'
import { Conflict, NotFound } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { readToken, signedToken } from '~/server/platform/signing'
import { systemViewer, visitor, type Viewer } from '~/server/viewer'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { reportersAppeal } from './appealing-by-link'
import { placeOf, wordsOf } from './flagging'
import type { ReportInput } from './input'
import { foundSubject } from './subjects'
import { WEIGHT_OF_REPORT } from './weights'

const DAY = 86_400_000
/** Nobody confirms later than this. */
const CONFIRM_DAYS = 2
/** As long as a decision can be contested. */
const ADDRESS_KEPT_DAYS = 184

/** Nobody but the portal reads reports: what moderators need of one is its flag. */
const system = systemViewer('reports')
const addressOf = (path: string) => `${publicOrigins()[0] ?? ''}${path}`
const receiptOf = (id: string) => signedToken('report-receipt', id)

export async function reportPage(viewer: Viewer, kind: string, id: string) {
  return transaction(viewer, async (tx) => {
    const subject = await foundSubject(viewer, tx, kind, id)
    subject.authorize('report')
    return { place: await placeOf(tx, subject), words: await wordsOf(tx, subject, kind === 'post' ? id : null) }
  })
}

/** Counts for nothing until whoever has the address opens the link that is mailed there. */
export async function writeReport(viewer: Viewer, kind: string, id: string, input: ReportInput, from: string): Promise<void> {
  const email = input.email.toLowerCase()
  await countAgainst('report-from', networkOf(from))
  const subject = await transaction(viewer, async (tx) => {
    const found = await foundSubject(viewer, tx, kind, id)
    found.authorize('report')
    return found
  })
  await countAgainst('mail-to', email)
  const reportId = newId()
  const link = addressOf(`/reports/${await signedToken('report', reportId)}/confirmation`)
  await transaction(system, async (tx) => {
    const { reason, note } = input
    await tx
      .insert(reports)
      .values({ id: reportId, subjectKind: subject.kind, subjectId: subject.id, reason, note, email, createdAt: now() })
    await queueMail(tx, {
      to: email,
      ...plainly(() => ({ subject: say('report.mail.confirm.subject'), text: say('report.mail.confirm.text', { link }) })),
    })
  })
}

/** What the button sends; where it was pressed before, the receipt. */
export async function reportConfirmationPage(token: string) {
  const { id, reason, note, confirmedAt } = await transaction(system, (tx) => reportOf(tx, 'report', token))
  return { reason, note, receipt: confirmedAt ? await receiptOf(id) : null }
}

/** Once for each address and thing: later links lead to the first receipt. */
export async function confirmReport(token: string): Promise<string> {
  return transaction(system, async (tx) => {
    const { id, subjectKind, subjectId, email } = await reportOf(tx, 'report', token)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`report:${subjectId}:${email}`}, 0))`)
    const { number, reason, note, confirmedAt } = await reportOf(tx, 'report', token)
    if (confirmedAt) return receiptOf(id)
    const [first] = await tx
      .select({ id: reports.id })
      .from(reports)
      .where(
        and(
          eq(reports.subjectKind, subjectKind),
          eq(reports.subjectId, subjectId),
          eq(reports.email, email ?? ''),
          isNotNull(reports.confirmedAt),
        ),
      )
    if (first) return receiptOf(first.id)
    const subject = await foundSubject(visitor, tx, subjectKind, subjectId).catch((error: unknown) => {
      throw error instanceof NotFound ? new Conflict('report.gone') : error
    })
    const { communityId, vendorId } = subject
    const flagId = newId()
    const about = { subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId }
    await tx.insert(flags).values({ id: flagId, ...about, flaggedBy: null, reason, note, weight: WEIGHT_OF_REPORT, createdAt: now() })
    await tx.update(reports).set({ confirmedAt: now(), flagId }).where(eq(reports.id, id))
    await record(tx, system, 'content.flagged', { flagId, ...about })
    const receipt = await receiptOf(id)
    if (email)
      await queueMail(tx, {
        to: email,
        ...plainly(() => ({
          subject: say('report.mail.received.subject', { number }),
          text: say('report.mail.received.text', { number, link: addressOf(`/reports/${receipt}`) }),
        })),
      })
    return receipt
  })
}

/** For whoever has the link: what was reported, and what became of it. */
export async function reportReceipt(token: string) {
  return transaction(system, async (tx) => {
    const { number, reason, note, createdAt, flagId } = await reportOf(tx, 'report-receipt', token)
    const [flag] = await tx
      .select({ id: flags.id, state: flags.state, decisionId: flags.settledByDecisionId, act: decisions.act, until: decisions.appealUntil })
      .from(flags)
      .leftJoin(decisions, eq(decisions.id, flags.settledByDecisionId))
      .where(eq(flags.id, flagId ?? ''))
    if (!flag) throw new NotFound()
    const { state, decisionId } = flag
    return { number, reason, note, createdAt, state, decisionId, appeal: await appealOf(flag) }
  })
}

/** Reaction to `flags.settled`: whoever reported without an account hears of the first decision; the receipt follows later ones. */
export async function tellWhoReported(event: Happened): Promise<void> {
  const { decisionId } = event.payload as { decisionId: string }
  await transaction(system, async (tx) => {
    const told = await tx
      .update(reports)
      .set({ toldAt: now() })
      .from(flags)
      .where(and(eq(flags.id, reports.flagId), eq(flags.thankedForDecisionId, decisionId), isNull(reports.toldAt)))
      .returning({ id: reports.id, flagId: flags.id, number: reports.number, email: reports.email, state: flags.state })
    const [decision] = await tx
      .select({ act: decisions.act, until: decisions.appealUntil })
      .from(decisions)
      .where(eq(decisions.id, decisionId))
    for (const { id, flagId, number, email, state } of told) {
      if (!email || !decision) continue
      const link = addressOf(`/reports/${await receiptOf(id)}`)
      const token = await appealOf({ id: flagId, state, decisionId, ...decision })
      const appeal = token ? addressOf(`/appeal/${token}`) : ''
      await queueMail(tx, {
        to: email,
        ...plainly(() => ({
          subject: say('report.mail.decided.subject', { number }),
          text: [
            say('report.mail.decided.text', { number, state, link }),
            ...(appeal ? [say('report.mail.decided.appeal', { link: appeal, day: decision.until ? sayDay(decision.until) : '' })] : []),
          ].join('\n\n'),
        })),
      })
    }
  })
}

type SettledFlag = { id: string; state: string; decisionId: string | null; act: string | null; until: Date | null }

/** Of what was left as it is; to write it, or to read what became of it. */
async function appealOf({ id, state, decisionId, act, until }: SettledFlag): Promise<string | null> {
  return decisionId && state === 'declined' && act === 'keep' && until && until >= now() ? reportersAppeal(decisionId, id) : null
}

/** By the clock: what nobody confirmed, and the addresses of those who were told half a year ago. */
export async function forgetReports(): Promise<void> {
  await transaction(system, async (tx) => {
    await tx.delete(reports).where(and(isNull(reports.confirmedAt), lt(reports.createdAt, daysAgo(CONFIRM_DAYS))))
    await tx
      .update(reports)
      .set({ email: null })
      .where(and(isNotNull(reports.email), lt(reports.toldAt, daysAgo(ADDRESS_KEPT_DAYS))))
  })
}

const daysAgo = (days: number) => new Date(now().getTime() - days * DAY)

async function reportOf(tx: Tx, purpose: 'report' | 'report-receipt', token: string) {
  const id = await readToken(purpose, token)
  const [found] = id && isId(id) ? await tx.select().from(reports).where(eq(reports.id, id)) : []
  if (!found || (!found.confirmedAt && found.createdAt < daysAgo(CONFIRM_DAYS))) throw new NotFound()
  return found
}
