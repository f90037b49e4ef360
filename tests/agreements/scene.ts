import { answerOffer, preferTerms, publishTerms, vendorTerms } from '~/server/agreements'
import type { PreferenceInput } from '~/server/agreements/input'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor } from '../support/cast'

export async function twoSides() {
  const vendor = await aVendor()
  const [ada, lien, dara] = await Promise.all([
    aMember('Ada'),
    aStaffMember(vendor, 'Lien', 'success'),
    aStaffMember(vendor, 'Dara', 'analyst'),
  ])
  return { vendor, ada, lien, dara }
}

/** SD-BASE-DP is offered, SD-BASE-A-DP is fine. */
export const upToAnalytics: PreferenceInput = {
  reach: 'SD-BASE',
  portable: 'on',
  furthest: 'SD-BASE-A',
  furthestPortable: 'on',
  agent: 'accepts',
  beyond: 'ask',
}
export const offering = (person: PersonViewer, more: Partial<PreferenceInput> = {}) => preferTerms(person, { ...upToAnalytics, ...more })
export const accepting = (staff: PersonViewer, vendor: { slug: string }, accepts: string[], otherwise = 'refuse') =>
  publishTerms(staff, vendor.slug, { accepts, otherwise })
export const counter = (staff: PersonViewer, vendor: { slug: string }, id: string, terms: string) =>
  answerOffer(staff, vendor.slug, id, { answer: 'counter', counter: terms })
export const answered = async (vendor: { slug: string }) => (await vendorTerms(visitor, vendor.slug)).answered
