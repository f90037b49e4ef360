import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { namedVendors } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { answerQuestion, foundThread, reasonFor, threadIdOf, writer } from '~/server/threads'
import { sayPlaceOfWork } from '~/server/vault'
import type { Viewer } from '~/server/viewer'
import type { NameVendorInput } from './input'
import { isRequest } from './requesting'

const NAMES_OFFERED = 200

/**
 * An answer to a request: a vendor, from the directory or as it is called, with the disclosure, and why. Whoever is tied to it says so themselves: that they
 * have not is told to them alone, and what shows it (a place of work, an address, their vault) labels nothing that others read.
 */
export async function nameVendor(viewer: Viewer, threadNumber: string, input: NameVendorInput) {
  const { threadId } = await mayName(viewer, threadNumber)
  const { handleId } = writer(viewer)
  const { named, body, relation, incentive, invitedBy, organisationSize, industry, authorRole = null } = input
  const listed = await listedAs(named)
  return answerQuestion(viewer, threadId, { body }, async (tx, { postId, communityId }) => {
    await sayPlaceOfWork(tx, viewer)
    const [found] = await tx.execute<{ tied: boolean }>(
      sql`select conflict_with(viewer_person(), ${listed.vendorId}::uuid) is not null as tied`,
    )
    if (found?.tied && relation !== 'tied') throw new Invalid({ relation: 'request.tieUnsaid' })
    await tx.insert(namedVendors).values({
      postId,
      handleId,
      named,
      ...listed,
      relation,
      incentive,
      invitedBy,
      organisationSize,
      industry,
      authorRole,
      createdAt: now(),
    })
    await record(tx, viewer, 'vendor.named', { communityId, threadId, postId, namedVendorId: listed.vendorId })
  })
}

/** The form, with the names that the directory offers. */
export async function namePage(viewer: Viewer, threadNumber: string) {
  const { slug, number, title } = await mayName(viewer, threadNumber)
  const names = await db.execute<{ name: string }>(
    sql`select name from vendors union select name from products order by name limit ${NAMES_OFFERED}`,
  )
  return { slug, number, title, names: names.map(({ name }) => name) }
}

async function mayName(viewer: Viewer, threadNumber: string) {
  const thread = await foundThread(viewer, await threadIdOf(threadNumber))
  if (!(await isRequest(thread.threadId))) throw new NotFound()
  const asker = viewer.kind === 'person' && viewer.handleId === thread.handleId
  authorize(viewer, 'vendor.name', thread, asker ? 'request.own' : reasonFor(thread))
  return thread
}

/** What stands in the directory under exactly this name, but for case and accents; a vendor before a product. */
async function listedAs(named: string): Promise<{ vendorId: string | null; productId: string | null }> {
  const called = sql`search_text(${named})`
  const keys = sql`array(select left(w, 24) from unnest(string_to_array(${called}, ' ')) w where w <> '')`
  const found = await db.execute<{ vendorId: string; productId: string | null }>(sql`
    (select v.id as "vendorId", null::uuid as "productId" from vendors v where ${called} <> '' and search_name_keys(v.name) @> ${keys} and search_text(v.name) = ${called} limit 2)
    union all (select p.vendor_id, p.id from products p where ${called} <> '' and search_name_keys(p.name) @> ${keys} and search_text(p.name) = ${called} limit 2)`)
  const vendorsSo = found.filter(({ productId }) => productId === null)
  const [first, other] = vendorsSo.length > 0 ? vendorsSo : found
  if (other) throw new Invalid({ named: 'request.ambiguous' })
  return first ?? { vendorId: null, productId: null }
}
