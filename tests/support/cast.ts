import { randomBytes } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { newId } from '~/db/ids'
import * as schema from '~/db/schema'
import { startSession, viewerFromCookies } from '~/server/accounts'
import type { PersonViewer } from '~/server/viewer'

/** The owner of the tables, whom no policy binds: for setting scenes and for moving dates, never for acting. */
export const owner = drizzle(postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 2, onnotice: () => {} }), { schema })

let made = 0
/** Handles and slugs that no other test has. */
export function unique(word: string): string {
  made += 1
  return `${word}-${process.env.VITEST_POOL_ID ?? '0'}-${made}-${randomBytes(3).toString('hex')}`
}

type PersonOptions = { confirmed?: boolean; operator?: boolean; email?: string }

/** A member with a confirmed address and a live session. */
export async function aMember(name = 'Amina', { confirmed = true, operator = false, email }: PersonOptions = {}): Promise<PersonViewer> {
  const personId = newId()
  const handle = unique(name.toLowerCase())
  const address = email ?? `${handle}@people.example`
  await owner.insert(schema.people).values({ id: personId, isOperator: operator })
  await owner.insert(schema.handles).values({ id: newId(), kind: 'member', personId, handle, displayName: name })
  await owner
    .insert(schema.accountEmails)
    .values({ id: newId(), personId, address, addressNorm: address.toLowerCase(), confirmedAt: confirmed ? new Date() : null })
  return asViewer(personId)
}

export const anOperator = (name = 'Olu') => aMember(name, { operator: true })

/** One who has been here for a while: what is asked of newcomers is not asked of them. */
export async function trusted(person: PersonViewer, level = 2): Promise<PersonViewer> {
  const stands = { level, since: new Date(), weighedAt: new Date() }
  await owner
    .insert(schema.trustLevels)
    .values({ personId: person.personId, ...stands })
    .onConflictDoUpdate({ target: schema.trustLevels.personId, set: stands })
  return person
}

/** A viewer as the next request would find them; call again (`refreshed`) after roles change. */
export async function asViewer(personId: string): Promise<PersonViewer> {
  const cookie = await startSession(personId, 'Test')
  const { viewer } = await viewerFromCookies(cookie.split(';')[0])
  if (viewer.kind !== 'person') throw new Error('The session did not hold')
  return viewer
}

export const refreshed = (viewer: PersonViewer) => asViewer(viewer.personId)

export async function aVendor(name = 'Tern Works') {
  const [vendor] = await owner
    .insert(schema.vendors)
    .values({ id: newId(), slug: unique('tern-works'), name, summary: 'Makes software.' })
    .returning()
  return vendor as NonNullable<typeof vendor>
}

export async function aProduct(vendor: { id: string }, name = 'Tern Mail') {
  const [product] = await owner
    .insert(schema.products)
    .values({ id: newId(), vendorId: vendor.id, slug: unique('tern-mail'), name })
    .returning()
  return product as NonNullable<typeof product>
}

/** Somebody who works for the vendor. Dara, unless said otherwise. */
export async function aStaffMember(
  vendor: { id: string },
  name = 'Dara',
  role: (typeof schema.vendorStaff.$inferInsert)['role'] = 'support',
) {
  const person = await aMember(name)
  await owner.insert(schema.vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: person.personId, role })
  return refreshed(person)
}

type CommunityOptions = {
  access?: 'open' | 'request' | 'invitation'
  hostVendorId?: string
  productId?: string
  members?: PersonViewer[]
  moderators?: PersonViewer[]
}

export async function aCommunity({ access = 'open', hostVendorId, productId, members = [], moderators = [] }: CommunityOptions = {}) {
  const [community] = await owner
    .insert(schema.communities)
    .values({ id: newId(), slug: unique('room'), name: 'A room', access, hostVendorId, productId, memberCount: members.length })
    .returning()
  if (!community) throw new Error('No community')
  for (const member of members)
    await owner.insert(schema.memberships).values({ communityId: community.id, personId: member.personId, handleId: member.handleId })
  for (const moderator of moderators)
    await owner.insert(schema.communityModerators).values({ communityId: community.id, personId: moderator.personId })
  return community
}

export async function aPortalModerator(name = 'Bo') {
  const person = await aMember(name)
  await owner.insert(schema.portalModerators).values({ personId: person.personId })
  return refreshed(person)
}
