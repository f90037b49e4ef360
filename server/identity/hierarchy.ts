import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { organizationEdges } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { staffAccount, standingFor } from './facts'
import type { PlaceInput } from './input'
import { companyName, domainOf } from './names'

const REFUSALS: Record<string, Record<string, string>> = {
  organization_edges_no_ring: { parent: 'account.ring' },
  organization_edges_no_overlap: { parent: 'account.already' },
  organization_closure_deep: { parent: 'account.tooDeep' },
}

/** Says to which company an account’s belongs, and since when. */
export async function placeUnder(viewer: PersonViewer, accountId: string, { parent, kind, since }: PlaceInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  if (since > today()) throw new Invalid({ since: 'account.notYet' })
  try {
    await transaction(viewer, async (tx) => {
      const it = await staffAccount(tx, viewer, accountId)
      authorize(viewer, 'account.keep', it)
      const parentId = await companyCalled(tx, it.vendorId, parent, 'parent')
      const { vendorId, organizationId } = it
      await tx
        .insert(organizationEdges)
        .values({ id: newId(), vendorId, parentId, childId: organizationId, kind, startedOn: since, createdBy: viewer.personId })
      await record(tx, viewer, 'organization.placed', { vendorId, organizationId, parentId })
    })
  } catch (error) {
    const fields = REFUSALS[refusedBy(error) ?? '']
    if (fields) throw new Invalid(fields)
    throw error
  }
}

/** It belongs there no more, from today. That it did stays. */
export async function endPlace(viewer: PersonViewer, accountId: string, edgeId: string): Promise<void> {
  if (!isId(edgeId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const it = await staffAccount(tx, viewer, accountId)
    authorize(viewer, 'account.keep', it)
    const { vendorId, organizationId } = it
    const [edge] = await tx
      .select({ parentId: organizationEdges.parentId, endedOn: organizationEdges.endedOn })
      .from(organizationEdges)
      .where(and(eq(organizationEdges.id, edgeId), eq(organizationEdges.childId, organizationId)))
    if (!edge) throw new NotFound()
    if (edge.endedOn) return
    await tx
      .update(organizationEdges)
      .set({ endedOn: sql`greatest(${today()}::date, ${organizationEdges.startedOn})` })
      .where(and(eq(organizationEdges.id, edgeId), isNull(organizationEdges.endedOn)))
    await record(tx, viewer, 'organization.released', { vendorId, organizationId, parentId: edge.parentId })
  })
}

/** The company that somebody means by a name or a domain. One name that two bear is not guessed. */
export async function companyCalled(tx: Tx, vendorId: string, typed: string, field: string): Promise<string> {
  const { nameNorm, legalSuffix } = companyName(typed)
  const found = await tx.execute<{ id: string; exact: boolean }>(sql`
    select o.id, (o.legal_suffix = ${legalSuffix} or k.id is not null) as exact from vendor_organizations o
      left join identity_keys k on k.organization_id = o.id and k.kind = 'domain' and k.value_norm = ${domainOf(typed) ?? ''}
    where o.vendor_id = ${vendorId} and (o.name_norm = ${nameNorm} or k.id is not null) and o.merged_into is null limit 20`)
  const meant = found.length > 1 ? found.filter(({ exact }) => exact) : found
  if (meant.length > 1) throw new Invalid({ [field]: 'account.several' })
  const id = meant[0] ? await standingFor(tx, 'vendor_organizations', meant[0].id) : null
  if (!id) throw new Invalid({ [field]: 'account.notKnown' })
  return id
}
