import { addresses, expectedOf, type DemoRole, type Expected, type World } from '../support/addresses'
import { screens } from '../journeys/sweep/seats'

export type Sight = { name: string; as: DemoRole; path: (world: World) => string }

/** From whom the least is expected to whom the most is. */
const LEAST_FIRST: DemoRole[] = ['visitor', 'jun', 'amina', 'joost', 'dara', 'bo', 'olu']

/** Every screen of the portal at every address it is tried at, as the one with the least rights who may see it. */
const everyScreen: Sight[] = screens.flatMap(({ path, page }) => {
  if (!page) return []
  const named = Object.entries(addresses).find(([known]) => shape(known) === shape(path))?.[1] ?? []
  const seen = named.flatMap((sample) => firstToSee(sample.expect).map((as) => ({ as, path: sample.at })))
  const name = path.replaceAll('/', '-').replace(/[:?]/g, '') || 'front'
  return seen.map((sight, index) => ({ ...sight, name: index === 0 ? name : `${name}-${index + 1}` }))
})

/** Sights that the addresses alone do not name: other eyes, other states. */
const more: Sight[] = [
  at('front', 'amina', '/'),
  at('c-slug-imported', 'visitor', '/c/thunderbird'),
  at('c-slug-empty', 'visitor', '/c/tern-mail?tag=nobody-uses-this'),
  at('c-slug', 'bo', '/c/tern-mail'),
  { name: 'c-slug-number-title', as: 'amina', path: (world) => `/c/tern-mail/${world.open.number}` },
  { name: 'c-slug-number-title', as: 'bo', path: (world) => `/c/tern-mail/${world.open.number}` },
  { name: 'idea', as: 'visitor', path: (world) => `/c/tern-mail/${world.idea}` },
  { name: 'idea', as: 'jun', path: (world) => `/c/tern-mail/${world.idea}` },
  { name: 'idea', as: 'dara', path: (world) => `/c/tern-mail/${world.idea}` },
  at('search-nothing', 'visitor', '/search?q=xyzzyplugh'),
  { name: 'disputed', as: 'visitor', path: (world) => `/recommendations/${world.ofJun}` },
  { name: 'disputed-parties', as: 'dara', path: (world) => `/recommendations/${world.ofJun}/dispute` },
  { name: 'disputed-queue', as: 'bo', path: (world) => `/moderation?item=recommendation:${world.ofJun}` },
  at('vendors-slug-scored', 'visitor', '/vendors/marlow'),
  at('vendors-slug-too-few', 'visitor', '/vendors/wren'),
  at('vendors-slug', 'amina', '/vendors/tern-works'),
  at('vendors-slug', 'dara', '/vendors/tern-works'),
  at('me-vault', 'amina', '/me/vault'),
  at('me-notifications', 'amina', '/me/notifications'),
  at('me-readings', 'amina', '/me/readings'),
  at('me-relationships', 'amina', '/me/relationships'),
  at('me-relationships-vendor', 'amina', '/me/relationships/tern-works'),
  at('me-seen-by-vendor', 'amina', '/me/seen-by/tern-works'),
  at('moderation-nothing-waits', 'olu', '/c/thunderbird/moderation'),
  at('people-handle', 'amina', '/people/amina'),
  at('refused', 'jun', '/operate'),
  at('refused', 'amina', '/vendors/tern-works/people'),
  at('not-found', 'visitor', '/no-such-page'),
  at('not-found', 'jun', '/no-such-page'),
]

export const sights: Sight[] = [...everyScreen, ...more]

function at(name: string, as: DemoRole, path: string): Sight {
  return { name, as, path: () => path }
}

function firstToSee(expected: Expected): DemoRole[] {
  return LEAST_FIRST.filter((role) => expectedOf(expected, role) === 200).slice(0, 1)
}

function shape(path: string): string {
  return path.replace(/:\w+/g, ':')
}
