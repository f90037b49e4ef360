import { paths } from '~/app/paths'
import { say } from '~/words'
import type { Seated } from './root-data'

export type Place = { to: string; label: string; within: RegExp }

/** The main places, as the one who looks may enter them. */
export function placesFor(viewer: Seated | null): Place[] {
  const places: Place[] = [
    { to: paths.communities(), label: say('ui.nav.communities'), within: /^\/(communities|c(?!\/[^/]+\/moderation(\/|$)))(\/|$)/ },
    {
      to: paths.vendors(),
      label: say('ui.nav.vendors'),
      within: /^\/(vendors(?!\/[^/]+\/(people|cases))|recommendations|compare|asked)(\/|$)/,
    },
  ]
  if (!viewer) return places
  const employer = viewer.staffOf[0]
  if (employer)
    places.push({
      to: paths.relationships(employer.slug),
      label: say('ui.nav.people'),
      within: /^\/(relationships|vendors\/[^/]+\/(people|cases))(\/|$)/,
    })
  places.push({ to: paths.vault(), label: say('ui.nav.vault'), within: /^\/me\/(vault|grants|readings|seen-by|relationships)(\/|$)/ })
  const [queue] = queuesFor(viewer)
  if (queue) places.push({ to: queue.to, label: say('ui.nav.queue'), within: /^\/(moderation(?!\/log)|c\/[^/]+\/moderation)(\/|$)/ })
  if (viewer.isOperator) places.push({ to: paths.operate(), label: say('ui.nav.operate'), within: /^\/operate(\/|$)/ })
  return places
}

/** The queues that wait for the one who looks: recommendations, then each of their rooms. */
export function queuesFor(viewer: Seated | null): { to: string; label: string }[] {
  if (!viewer) return []
  return [
    ...(viewer.isModerator ? [{ to: paths.recommendationQueue(), label: say('ui.nav.recommendations') }] : []),
    ...viewer.moderatedRooms.map(({ slug, name }) => ({ to: paths.communityQueue(slug), label: name })),
  ]
}
