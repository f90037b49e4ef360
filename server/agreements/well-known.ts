import { db } from '~/db/client'
import { publicOrigins } from '~/server/platform/env'
import { policyOf, vendorNamed } from './facts'
import { iriOf, SERVICE_TERMS } from './roster'
import type { Terms } from './roster'

/** The small convention of `/.well-known/myterms.json`: which agreements are accepted here, since when. */
type MyTerms = { effective_date: string; agreements: { id: string; url: string }[]; tos_url: string; tos: string }

const PORTAL_SINCE = new Date('2026-11-23T00:00:00Z')
const listed = (terms: readonly Terms[]) => terms.map((id) => ({ id, url: iriOf(id) }))
/** RFC 2822 names the zone by its offset. */
const rfc2822 = (moment: Date) => moment.toUTCString().replace('GMT', '+0000')

/** The portal itself does for people what their narrowest terms allow, and hands them their data. */
export function portalTerms(): MyTerms {
  const origin = publicOrigins()[0] ?? ''
  return {
    effective_date: rfc2822(PORTAL_SINCE),
    agreements: listed(SERVICE_TERMS.filter((terms) => terms === 'SD-BASE' || terms === 'SD-BASE-DP')),
    tos_url: `${origin}/method`,
    tos: 'Parley',
  }
}

export async function termsOfVendor(slug: string): Promise<MyTerms> {
  const vendor = await vendorNamed(db, slug)
  const policy = await policyOf(db, vendor.vendorId)
  return {
    effective_date: rfc2822(policy.publishedAt ?? PORTAL_SINCE),
    agreements: listed(policy.accepts),
    tos_url: `${publicOrigins()[0] ?? ''}/vendors/${vendor.slug}/terms`,
    tos: vendor.name,
  }
}
