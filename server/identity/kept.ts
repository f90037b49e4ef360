import { and, eq, isNull, sql } from 'drizzle-orm'
import { asJob, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { contactCorrections, contactLinks, contacts, type Source } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { behind } from './facts'
import type { CorrectKeptInput } from './input'
import { personName } from './names'

type Said = { from: Source; at: string }
export type KeptOfMe = {
  id: string
  vendorId: string
  vendorSlug: string
  vendorName: string
  name: string
  city: string
  country: string
  cameFrom: 'event' | 'form' | 'referral' | 'message' | 'import' | 'purchase' | 'other'
  cameFromWords: string
  basis: 'consent' | 'contract' | 'legitimate-interest'
  askBy: string | null
  since: string
  provenance: Record<string, Said>
  keys: ({ kind: 'email' | 'phone' | 'external'; value: string } & Said)[]
  work: ({ company: string; title: string; department: string; since: string; until: string | null } & Said)[]
  parts: {
    company: string
    role: 'champion' | 'economic-buyer' | 'user' | 'legal' | 'security' | 'influencer' | 'blocker'
    since: string
  }[]
  consents: { channel: 'email' | 'phone' | 'post'; allowed: boolean; on: string }[]
  corrections: { field: CorrectKeptInput['field']; was: string; from: string; became: string; at: string }[]
  linked: boolean
}

/** What vendors keep by themselves of somebody with an address that the viewer has confirmed. The database says which those are. */
export async function keptAboutMe(viewer: PersonViewer): Promise<KeptOfMe[]> {
  authorize(viewer, 'contact.see-own', viewer)
  const [row] = await transaction(viewer, (tx) => tx.execute<{ kept: KeptOfMe[] }>(sql`select kept_about_viewer() as kept`))
  return row?.kept ?? []
}

/** One of them; any other does not exist. */
export async function keptOfMe(viewer: PersonViewer, contactId: string): Promise<KeptOfMe> {
  const found = (await keptAboutMe(viewer)).find(({ id }) => id === contactId)
  if (!found) throw new NotFound()
  return found
}

/** Theirs stands at once, and nobody writes over it. What stood before is kept as contested, and the vendor is told, without who they are here. */
export async function correctKept(viewer: PersonViewer, contactId: string, { field, value }: CorrectKeptInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = await keptOfMe(viewer, contactId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'contact.see-own', viewer)
    await asJob(tx, 'correct-own', async () => {
      const before = field === 'title' ? await workNow(tx, contactId) : await factNow(tx, contactId, field)
      if (!before) throw new Invalid({ value: 'contact.noWork' })
      if (before.value === value) return
      await tx
        .insert(contactCorrections)
        .values({ id: newId(), vendorId, contactId, field, was: before.value, wasFrom: before.from, became: value, saidAt: now() })
      if (field === 'title') await tx.execute(sql`update vendor_affiliations set title = ${value}, source = 'self' where id = ${before.id}`)
      else await writeFact(tx, contactId, field, value)
      await record(tx, systemViewer('correct-own'), 'contact.corrected', { contactId, vendorId })
    })
  })
}

type Stands = { id: string; value: string; from: string }

/** What they are called where they mainly work. */
async function workNow(tx: Tx, contactId: string): Promise<Stands | undefined> {
  const [found] = await tx.execute<Stands>(sql`select f.id, f.title as value, f.source as from from vendor_affiliations f
    where f.contact_id in ${behind('contacts', contactId)} and f.ended_on is null order by f.is_primary desc, f.started_on desc limit 1 for update`)
  return found
}

async function factNow(tx: Tx, contactId: string, field: 'name' | 'city'): Promise<Stands | undefined> {
  const [found] = await tx.select().from(contacts).where(eq(contacts.id, contactId)).for('update')
  return found && { id: found.id, value: found[field], from: found.provenance[field]?.from ?? '' }
}

async function writeFact(tx: Tx, contactId: string, field: 'name' | 'city', value: string): Promise<void> {
  const said = JSON.stringify({ [field]: { from: 'self', at: now().toISOString() } })
  await tx
    .update(contacts)
    .set({ ...(field === 'name' ? personName(value) : { city: value }), provenance: sql`${contacts.provenance} || ${said}::jsonb` })
    .where(eq(contacts.id, contactId))
}

/** They say that they are that contact: from now on the vendor’s staff find the one from the other. */
export async function sayThisIsMe(viewer: PersonViewer, contactId: string): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = await keptOfMe(viewer, contactId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'contact.see-own', viewer)
    const [linked] = await tx
      .insert(contactLinks)
      .values({ id: newId(), vendorId, contactId, handleId: viewer.handleId, startedAt: now() })
      .onConflictDoNothing()
      .returning({ id: contactLinks.id })
    if (linked) await record(tx, viewer, 'contact.linked', { contactId, vendorId, handleId: viewer.handleId })
  })
}

/** They are it no more, for the vendor; nor what became one with it. Also where they have the address no longer. */
export async function endThisIsMe(viewer: PersonViewer, contactId: string): Promise<void> {
  if (!isId(contactId)) throw new NotFound()
  const kept = (await keptAboutMe(viewer)).find(({ id }) => id === contactId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'contact.see-own', viewer)
    const { handleId, endedAt, vendorId } = contactLinks
    const ended = await tx
      .update(contactLinks)
      .set({ endedAt: now() })
      .where(
        and(eq(handleId, viewer.handleId), isNull(endedAt), kept ? eq(vendorId, kept.vendorId) : eq(contactLinks.contactId, contactId)),
      )
      .returning({ contactId: contactLinks.contactId, vendorId })
    if (ended.length === 0 && !kept) throw new NotFound()
    for (const link of ended) await record(tx, viewer, 'contact.unlinked', { ...link, handleId: viewer.handleId })
  })
}
