import { and, eq, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { crmImports, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'

export async function vendorServed(tx: Tx, viewer: PersonViewer, slug: string) {
  const [vendor] = await tx
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'import.view', vendor)
  return vendor
}

export const visibleTo = (viewer: PersonViewer): SQL => servedBy(viewer, crmImports.vendorId)

/** An import as the vendor’s staff find it; for anybody else it does not exist. */
export async function staffImport(tx: Tx, viewer: PersonViewer, id: string, { lock = false } = {}) {
  if (!isId(id)) throw new NotFound()
  const { vendorId, state, basis, askBy, ownerId, startedBy, createdAt, broughtAt, undoneAt, forgottenAt } = crmImports
  const query = tx
    .select({
      ...{ importId: crmImports.id, vendorId, state, basis, askBy, ownerId, startedBy, createdAt, broughtAt, undoneAt, forgottenAt },
      ...{ slug: vendors.slug, name: vendors.name },
    })
    .from(crmImports)
    .innerJoin(vendors, eq(vendors.id, vendorId))
    .where(and(visibleTo(viewer), eq(crmImports.id, id)))
  const [found] = lock ? await query.for('update', { of: crmImports }) : await query
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'import.view', found)
  return found
}

type Standing = Pick<Awaited<ReturnType<typeof staffImport>>, 'state' | 'forgottenAt'>
/** It can be brought in, or go on where it broke off. */
export const goesOn = ({ state, forgottenAt }: Standing) => (state === 'checked' || state === 'broken') && !forgottenAt
/** Something of it is in, and can be taken out again as one. */
export const isIn = ({ state, forgottenAt }: Standing) => (state === 'done' || state === 'broken') && !forgottenAt
