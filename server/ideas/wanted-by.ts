import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { authorize } from '~/server/policy'
import { LIVE, readGrantedOf, type AttributeKey } from '~/server/vault'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { ideaNumbered } from './facts'

const AT_ONCE = 50
/** All that is needed to say which accounts want it. */
const READ: readonly AttributeKey[] = ['organisation', 'role', 'team-size']

type Voter = { handle_id: string; person_id: string; relationship_id: string | null }
export type Account = {
  relationshipId: string | null
  who: HandleInfo
  organisation: string | null
  role: string | null
  teamSize: string | null
}

/**
 * For staff: where the voters work, of those alone who let this vendor read that for the purpose “relationship”. It is read through
 * the vault, so each of them finds it in their access records. Of the others there is a number.
 */
export async function wantedByPage(viewer: PersonViewer, number: string) {
  const idea = await ideaNumbered(viewer, number)
  authorize(viewer, 'idea.see-accounts', idea, 'idea.notYoursToSee')
  const vendorId = idea.vendorId as string
  const { rows, voters } = await transaction(viewer, async (tx) => {
    const voted = sql`select v.handle_id, h.person_id, v.created_at from votes v join handles h on h.id = v.handle_id and h.kind = 'member'
      where v.post_id = ${idea.postId}::uuid and v.value > 0`
    const [found] = await tx.execute<{ voters: number; rows: Voter[] }>(sql`
      select (select count(distinct person_id)::int from (${voted}) x) as voters, (select coalesce(json_agg(granting), '[]') from (select x.handle_id, x.person_id, (select r.id from relationships r where r.vendor_id = ${vendorId}::uuid and r.handle_id = x.handle_id) as relationship_id
      from (${voted}) x where x.person_id <> ${viewer.personId}::uuid and exists (select 1 from grants g where g.person_id = x.person_id and g.vendor_id = ${vendorId}::uuid
        and g.purpose = 'relationship' and ${LIVE})
      order by x.created_at desc limit ${AT_ONCE}) granting) as rows`)
    return found ?? { rows: [], voters: 0 }
  })
  const people = rows.map((row) => row.person_id)
  const [granted, names] = await Promise.all([
    people.length > 0 ? readGrantedOf(viewer, people, vendorId, ['relationship'], READ) : new Map<string, never[]>(),
    handlesShown(
      rows.map((row) => row.handle_id),
      { vendorId },
    ),
  ])
  const accounts = rows.flatMap(({ handle_id, person_id, relationship_id }): Account[] => {
    const who = names.get(handle_id)
    const value = (key: AttributeKey) => granted.get(person_id)?.find((one) => one.key === key)?.value ?? null
    const [organisation, role, teamSize] = [value('organisation'), value('role'), value('team-size')]
    return who && (organisation || role || teamSize) ? [{ relationshipId: relationship_id, who, organisation, role, teamSize }] : []
  })
  return {
    ...{ slug: idea.slug, number: idea.number, title: idea.title, voters },
    accounts: accounts.sort((one, other) => (one.organisation ?? '\uffff').localeCompare(other.organisation ?? '\uffff')),
    /** Want it, and let nobody read where they work. */
    others: voters - accounts.length,
  }
}
