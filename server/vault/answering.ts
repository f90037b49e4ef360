import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { grantRequestFields, grantRequests, neverAsked, vaultAttributes, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { settleTerms } from '~/server/agreements'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { ATTRIBUTE_KEYS, type AttributeKey } from './catalogue'
import { insertGrant } from './granting'
import type { AnswerAskInput } from './input'
import { ASK_AGAIN_DAYS, dayIn, endOfDay } from './rules'

type Said = { key: AttributeKey; days: number | null; never: boolean }

/** Questions that wait for the person, newest first. What was put off waits below. */
export async function askedOfMe(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return shown(await transaction(viewer, (tx) => requestsOf(tx, viewer)))
}

export async function askPage(viewer: PersonViewer, id: string) {
  if (!isId(id)) throw new NotFound()
  const rows = await transaction(viewer, (tx) => requestsOf(tx, viewer, id))
  const [request] = await shown(rows)
  if (!request) throw new NotFound()
  mustBeFound(viewer, 'vault.view', { personId: viewer.personId })
  return request
}

/** All, less, later, or never: whatever is said, the vendor reads what was granted and learns nothing of the rest. */
export async function answerAsk(viewer: PersonViewer, id: string, input: AnswerAskInput): Promise<void> {
  if (!isId(id)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  const open = await askPage(viewer, id)
  const said = saidIn(input, open.fields)
  const given = input.answer === 'give' ? said.filter(({ days }) => days !== null) : []
  if (input.answer === 'give' && given.length === 0 && !said.some(({ never }) => never))
    throw new Invalid({ fields: 'vault.asking.nothingGiven' })
  // Terms before anything is granted, as ever: a vendor that refuses them gets nothing.
  const agreement = given.length > 0 ? await settleTerms(viewer, open.vendor.slug) : null
  await transaction(viewer, async (tx) => {
    const [request] = await tx.select().from(grantRequests).where(eq(grantRequests.id, id)).for('update')
    if (!request) throw new NotFound()
    mustBeFound(viewer, 'grant.answer', request)
    if (request.state === 'given' || request.state === 'refused') throw new Conflict('conflict')
    const state = input.answer === 'later' ? 'deferred' : given.length > 0 ? 'given' : 'refused'
    if (agreement)
      for (const days of new Set(given.map((one) => one.days as number)))
        await insertGrant(tx, viewer, {
          vendorId: request.vendorId,
          purpose: request.purpose,
          keys: given.filter((one) => one.days === days).map(({ key }) => key),
          endsAt: endOfDay(dayIn(now(), days)),
          agreement,
        })
    for (const { key, days, never } of state === 'deferred' ? [] : said) {
      await tx
        .update(grantRequestFields)
        .set({ answer: days !== null && input.answer === 'give' ? 'given' : 'refused' })
        .where(and(eq(grantRequestFields.requestId, id), eq(grantRequestFields.key, key)))
      if (never) await tx.insert(neverAsked).values({ personId: viewer.personId, vendorId: request.vendorId, key }).onConflictDoNothing()
    }
    await tx
      .update(grantRequests)
      .set({ state, answeredAt: sql`now()`, askAgainAt: state === 'given' ? null : sql`now() + make_interval(days => ${ASK_AGAIN_DAYS})` })
      .where(eq(grantRequests.id, id))
    const { personId, handleId, vendorId, purpose } = request
    const ids = { requestId: id, personId, handleId, vendorId, purpose }
    const refused = state === 'deferred' ? 0 : said.length - given.length
    if (state === 'deferred')
      await record(tx, viewer, 'grant.answered', { ...ids, consentKind: 'ConsentDeferred', attributes: open.fields.length })
    if (given.length > 0) await record(tx, viewer, 'grant.answered', { ...ids, consentKind: 'ConsentGiven', attributes: given.length })
    if (refused > 0) await record(tx, viewer, 'grant.answered', { ...ids, consentKind: 'ConsentRefused', attributes: refused })
  })
}

/** What vendors are never to ask for again, by vendor. */
export async function neverAskedOf(viewer: PersonViewer): Promise<{ vendor: { slug: string; name: string }; keys: AttributeKey[] }[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ slug: vendors.slug, name: vendors.name, key: neverAsked.key })
      .from(neverAsked)
      .innerJoin(vendors, eq(vendors.id, neverAsked.vendorId))
      .where(eq(neverAsked.personId, viewer.personId))
      .orderBy(vendors.name, vendors.slug)
      .limit(500),
  )
  const slugs = [...new Set(rows.map(({ slug }) => slug))]
  return slugs.map((slug) => {
    const of = rows.filter((row) => row.slug === slug)
    return { vendor: { slug, name: of[0]?.name ?? '' }, keys: ATTRIBUTE_KEYS.filter((key) => of.some((row) => row.key === key)) }
  })
}

/** Lets a vendor ask for a field again that it was never to ask for. */
export async function letAskAgain(viewer: PersonViewer, vendorSlug: string, key: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    await tx
      .delete(neverAsked)
      .where(
        and(
          eq(neverAsked.personId, viewer.personId),
          eq(neverAsked.key, key),
          inArray(neverAsked.vendorId, tx.select({ id: vendors.id }).from(vendors).where(eq(vendors.slug, vendorSlug))),
        ),
      )
  })
}

function saidIn({ fields, answer }: AnswerAskInput, asked: { key: AttributeKey }[]): Said[] {
  return asked.map(({ key }) => {
    const words = fields.find((one) => one.startsWith(`${key}:`))?.slice(key.length + 1) ?? 'no'
    const days = answer === 'give' && /^(7|30|90|365)$/.test(words) ? Number(words) : null
    return { key, days, never: answer !== 'later' && words === 'never' }
  })
}

async function requestsOf(tx: Tx, { personId }: PersonViewer, id?: string) {
  const rows = await tx
    .select({
      id: grantRequests.id,
      purpose: grantRequests.purpose,
      why: grantRequests.why,
      state: grantRequests.state,
      at: grantRequests.createdAt,
      askerHandleId: grantRequests.askerHandleId,
      vendorSlug: vendors.slug,
      vendorName: vendors.name,
      keys: sql<string>`(select string_agg(f.key, ',') from grant_request_fields f where f.request_id = ${grantRequests.id})`,
      kept: sql<
        string | null
      >`(select string_agg(${vaultAttributes.key}, ',') from ${vaultAttributes} where ${vaultAttributes.personId} = ${grantRequests.personId})`,
    })
    .from(grantRequests)
    .innerJoin(vendors, eq(vendors.id, grantRequests.vendorId))
    .where(and(eq(grantRequests.personId, personId), id ? eq(grantRequests.id, id) : inArray(grantRequests.state, ['asked', 'deferred'])))
    .orderBy(desc(grantRequests.createdAt))
    .limit(50)
  return rows
}

async function shown(rows: Awaited<ReturnType<typeof requestsOf>>) {
  const names = await handlesShown(rows.map((row) => row.askerHandleId))
  return rows.map(({ askerHandleId, vendorSlug, vendorName, keys, kept, ...row }) => ({
    ...row,
    asker: names.get(askerHandleId) ?? null,
    vendor: { slug: vendorSlug, name: vendorName },
    fields: ATTRIBUTE_KEYS.filter((key) => keys.split(',').includes(key)).map((key) => ({
      key,
      kept: (kept ?? '').split(',').includes(key),
    })),
  }))
}

export type AskShown = Awaited<ReturnType<typeof askPage>>
