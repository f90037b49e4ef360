import { isPortable, reachOf, type Terms } from '~/server/agreements/types'
import { say } from '~/words'

/** What a vendor may do under them, as said to the person: “serve you and nothing else”. */
export function termsInWords(terms: Terms): string {
  const reach = reachOf(terms)
  if (!reach) return say('agreement.named.special')
  const what = say(`agreement.named.${reach}`)
  return isPortable(terms) ? say('agreement.named.portable', { what }) : what
}

/** The same as said of a vendor: “serve, and nothing else”. */
export function termsOfVendorInWords(terms: Terms): string {
  const reach = reachOf(terms)
  if (!reach) return say('agreement.named.special')
  const what = say(`agreement.of.${reach}`)
  return isPortable(terms) ? say('agreement.of.portable', { what }) : what
}
