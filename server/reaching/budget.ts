import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { contactBudgets } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import { servedBy } from '~/server/served-by'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import type { HowOftenInput } from './input'
import { USUAL } from './types'

/** What is left of how often a vendor may reach somebody, and from when on there is more. */
export type Left = { most: number; used: number; moreAt: Date | null }

/** Runs what reaches somebody. Throws Conflict where that is more often than they allow: the database counts, whoever sends. */
export async function withinBudget<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusedBy(error) === 'contact_budget') throw new Conflict('reach.spent')
    throw error
  }
}

/** /me/reach: what they said of all vendors and of each that knows them, and how often these reached them of late. */
export async function howOftenPage(viewer: PersonViewer) {
  authorize(viewer, 'reach.choose', viewer)
  const [row, vendors] = await transaction(viewer, async (tx) => {
    const [said] = await tx.execute<{ most: number }>(
      sql`select b.most from contact_budgets b where b.person_id = ${viewer.personId} and b.vendor_id is null`,
    )
    const known = await tx.execute<{ slug: string; name: string; own: number | null; used: number }>(sql`
      select v.slug, v.name, (select b.most from contact_budgets b where b.person_id = ${viewer.personId} and b.vendor_id = v.id) as own,
        (select count(*)::int from contact_uses u where u.person_id = ${viewer.personId} and u.vendor_id = v.id and u.at > now() - interval '30 days') as used
      from relationships r join vendors v on v.id = r.vendor_id where r.handle_id = ${viewer.handleId} order by v.name limit 200`)
    return [said, [...known]] as const
  })
  return { most: row?.most ?? USUAL, vendors }
}

export async function sayHowOften(viewer: PersonViewer, { vendor, most }: HowOftenInput): Promise<void> {
  authorize(viewer, 'reach.choose', viewer)
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const [of] = vendor
      ? await tx.execute<{
          id: string
        }>(sql`select v.id from vendors v join relationships r on r.vendor_id = v.id and r.handle_id = ${viewer.handleId}
          where v.slug = ${vendor}`)
      : []
    if (vendor && !of) throw new NotFound()
    await tx
      .insert(contactBudgets)
      .values({ id: newId(), personId: viewer.personId, vendorId: of?.id ?? null, most, saidAt: now() })
      .onConflictDoUpdate({ target: [contactBudgets.personId, contactBudgets.vendorId], set: { most, saidAt: now() } })
  })
}

/** For the vendor’s staff, on the record of a member; null where there is none that is theirs to see, or its member is gone. */
export async function leftFor(viewer: PersonViewer, relationshipId: string): Promise<Left | null> {
  if (!isId(relationshipId)) return null
  const [found] = await transaction(viewer, (tx) =>
    tx.execute<{ vendor_id: string; most: number; used: number; more_at: string | null }>(sql`select r.vendor_id, l.* from relationships r
      join handles h on h.id = r.handle_id cross join lateral contacts_left(r.vendor_id, h.person_id) l
      where ${servedBy(viewer, sql`r.vendor_id`)} and r.id = ${relationshipId} and h.person_id is not null`),
  )
  if (!found || !can(viewer, 'relationship.view', { vendorId: found.vendor_id })) return null
  return { most: found.most, used: found.used, moreAt: found.more_at ? new Date(found.more_at) : null }
}

/** Every day: what is counted no more is kept no more. */
export async function forgetContacts(): Promise<void> {
  await transaction(systemViewer('forget-contacts'), (tx) =>
    tx.execute(sql`delete from contact_uses where at < now() - interval '31 days'`),
  )
}
