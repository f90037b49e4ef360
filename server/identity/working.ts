import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { buyingRoles, contactConsents, vendorAffiliations, type Source } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { staffContact } from './contacts'
import { behind, staffAccount, standingFor } from './facts'
import { companyCalled } from './hierarchy'
import { finishAsked } from './tasks'
import { CHANNELS, type ConsentsInput, type PartInput, type WorkEndInput, type WorkInput } from './input'

type Work = {
  id: string
  contactId: string
  organizationId: string
  title: string
  department: string
  isPrimary: boolean
  startedOn: string
}

/** Keeps many at once. Who calls has looked up whose they are, and that no two of one person at one company overlap. */
export async function insertWork(tx: Tx, vendorId: string, source: Source, rows: Work[]): Promise<void> {
  if (rows.length > 0) await tx.insert(vendorAffiliations).values(rows.map((row) => ({ ...row, vendorId, source })))
}

/** They work there, since a day. What they are called there now closes what they were called before; the main place is one. */
export async function keepWork(viewer: PersonViewer, vendorSlug: string, id: string, input: WorkInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const { company, title = '', department = '', since, main } = input
  if (since > today()) throw new Invalid({ since: 'account.notYet' })
  try {
    await transaction(viewer, async (tx) => {
      const { contactId, vendorId } = await staffContact(tx, viewer, vendorSlug, id)
      authorize(viewer, 'contact.keep', { vendorId })
      const organizationId = await companyCalled(tx, vendorId, company, 'company')
      const open = and(sql`${vendorAffiliations.contactId} in ${behind('contacts', contactId)}`, isNull(vendorAffiliations.endedOn))
      const there = and(open, eq(vendorAffiliations.organizationId, organizationId))
      const [before] = await tx.select({ startedOn: vendorAffiliations.startedOn }).from(vendorAffiliations).where(there)
      if (before && before.startedOn >= since) throw new Invalid({ since: 'contact.work.before' })
      await tx.update(vendorAffiliations).set({ endedOn: since, isPrimary: false }).where(there)
      if (main) await tx.update(vendorAffiliations).set({ isPrimary: false }).where(open)
      const work = { id: newId(), contactId, organizationId, title, department, isPrimary: main === 'on', startedOn: since }
      await insertWork(tx, vendorId, 'staff', [work])
      await record(tx, viewer, 'contact.work-kept', { contactId, organizationId, vendorId })
    })
  } catch (error) {
    if (refusedBy(error) === 'vendor_affiliations_no_overlap') throw new Invalid({ since: 'contact.work.before' })
    throw error
  }
}

/** They work there no more. That they did stays, and what they had a part in there ends with it. */
export async function endWork(
  viewer: PersonViewer,
  vendorSlug: string,
  id: string,
  workId: string,
  { until }: WorkEndInput,
): Promise<void> {
  if (!isId(workId)) throw new NotFound()
  if (until > today()) throw new Invalid({ until: 'account.notYet' })
  await transaction(viewer, async (tx) => {
    const { contactId, vendorId } = await staffContact(tx, viewer, vendorSlug, id)
    authorize(viewer, 'contact.keep', { vendorId })
    const { contactId: ofContact, endedOn, organizationId, startedOn } = vendorAffiliations
    const [work] = await tx
      .select({ organizationId, startedOn, endedOn })
      .from(vendorAffiliations)
      .where(and(eq(vendorAffiliations.id, workId), sql`${ofContact} in ${behind('contacts', contactId)}`))
    if (!work) throw new NotFound()
    if (work.endedOn) return
    if (until < work.startedOn) throw new Invalid({ until: 'contact.work.endBefore' })
    await tx.update(vendorAffiliations).set({ endedOn: until, isPrimary: false }).where(eq(vendorAffiliations.id, workId))
    await tx.execute(sql`update buying_roles r set ended_on = greatest(${until}::date, r.started_on) from accounts a
      where a.id = r.account_id and a.organization_id = ${work.organizationId} and r.contact_id in ${behind('contacts', contactId)} and r.ended_on is null`)
    await record(tx, viewer, 'contact.work-ended', { contactId, organizationId: work.organizationId, vendorId })
  })
}

/** What they said to being written to or called. What was not said is not kept. */
export async function sayConsents(viewer: PersonViewer, vendorSlug: string, id: string, input: ConsentsInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { contactId, vendorId } = await staffContact(tx, viewer, vendorSlug, id)
    authorize(viewer, 'contact.keep', { vendorId })
    const stands = await tx.execute<Consent>(sql`select * from ${consentsOf(contactId)} s`)
    const isSaid = (channel: Consent['channel']) => {
      const one = stands.find((consent) => consent.channel === channel)
      return one ? (one.allowed ? 'yes' : 'no') : 'unsaid'
    }
    for (const channel of CHANNELS.filter((one) => input[one] !== isSaid(one)))
      if (input[channel] === 'unsaid')
        await tx.execute(sql`delete from contact_consents where contact_id in ${behind('contacts', contactId)} and channel = ${channel}`)
      else {
        const said = { allowed: input[channel] === 'yes', source: 'staff' as const, saidOn: today(), keptAt: now() }
        await tx
          .insert(contactConsents)
          .values({ vendorId, contactId, channel, ...said })
          .onConflictDoUpdate({ target: [contactConsents.contactId, contactConsents.channel], set: said })
      }
    await record(tx, viewer, 'contact.consents-said', { contactId, vendorId })
  })
}

export type Consent = { channel: (typeof CHANNELS)[number]; allowed: boolean; on: string }

/** What somebody said, by channel. Of two records that became one what binds more stands, until they say otherwise after it. */
export function consentsOf(contactId: string) {
  return sql`(select distinct on (s.channel) s.channel, s.allowed, s.said_on as on from contact_consents s
    where s.contact_id in ${behind('contacts', contactId)}
    order by s.channel, (s.contact_id = ${contactId}::uuid and s.kept_at > (select max(m.merged_at) from record_merges m
      where m.survivor_id = ${contactId}::uuid and m.undone_at is null)) desc nulls last, s.allowed, s.said_on desc)`
}

/** Which part somebody has in what an account decides. Only who works there has one. */
export async function namePart(viewer: PersonViewer, accountId: string, { contact, role }: PartInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { vendorId, organizationId } = await staffAccount(tx, viewer, accountId)
    authorize(viewer, 'account.keep', { vendorId })
    const contactId = await standingFor(tx, 'contacts', contact)
    const works =
      contactId !== null &&
      (await tx.execute(sql`select 1 from vendor_affiliations where vendor_id = ${vendorId} and contact_id in ${behind('contacts', contactId)}
        and organization_id in ${behind('vendor_organizations', organizationId)} and ended_on is null limit 1`))
    if (!works || works.length === 0) throw new Invalid({ contact: 'notChoice' })
    const [named] = await tx
      .insert(buyingRoles)
      .values({ id: newId(), vendorId, accountId, contactId, role, startedOn: today(), createdBy: viewer.personId })
      .onConflictDoNothing()
      .returning({ id: buyingRoles.id })
    if (!named) return
    await record(tx, viewer, 'account.part-named', { accountId, contactId, vendorId })
    if (role === 'champion') await finishAsked(tx, viewer, { accountId, organizationId, vendorId, kind: 'new-champion' })
  })
}

/** They have that part no more. */
export async function endPart(viewer: PersonViewer, accountId: string, partId: string): Promise<void> {
  if (!isId(partId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const { vendorId, organizationId } = await staffAccount(tx, viewer, accountId)
    authorize(viewer, 'account.keep', { vendorId })
    const [part] = await tx
      .select({ contactId: buyingRoles.contactId, endedOn: buyingRoles.endedOn })
      .from(buyingRoles)
      .where(
        and(
          eq(buyingRoles.id, partId),
          sql`${buyingRoles.accountId} in (select a.id from accounts a where a.organization_id in ${behind('vendor_organizations', organizationId)})`,
        ),
      )
    if (!part) throw new NotFound()
    if (part.endedOn) return
    await tx
      .update(buyingRoles)
      .set({ endedOn: sql`greatest(${today()}::date, ${buyingRoles.startedOn})` })
      .where(eq(buyingRoles.id, partId))
    await record(tx, viewer, 'account.part-ended', { accountId, contactId: part.contactId, vendorId })
  })
}
