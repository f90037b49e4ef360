import { paths } from '~/app/paths'
import { say } from '~/words'
import type { Seated } from './root-data'

export type Place = { to: string; label: string; within: RegExp }

/** The main places, as the one who looks may enter them. */
export function placesFor(viewer: Seated | null): Place[] {
  const places: Place[] = [
    { to: paths.communities(), label: say('ui.nav.communities'), within: /^\/(communities|c)(\/|$)/ },
    { to: paths.vendors(), label: say('ui.nav.vendors'), within: /^\/(vendors(?!\/[^/]+\/people)|recommendations)(\/|$)/ },
  ]
  if (!viewer) return places
  const employer = viewer.staffOf[0]
  if (employer)
    places.push({
      to: paths.relationships(employer.slug),
      label: say('ui.nav.people'),
      within: /^\/(relationships|vendors\/[^/]+\/people)(\/|$)/,
    })
  places.push({ to: paths.vault(), label: say('ui.nav.vault'), within: /^\/me\/(vault|grants|readings|seen-by)(\/|$)/ })
  if (viewer.isModerator)
    places.push({ to: paths.recommendationQueue(), label: say('ui.nav.queue'), within: /^\/moderation(?!\/log)(\/|$)/ })
  if (viewer.isOperator) places.push({ to: paths.operate(), label: say('ui.nav.operate'), within: /^\/operate(\/|$)/ })
  return places
}
