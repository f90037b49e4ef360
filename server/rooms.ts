import { caseFacts } from './cases'
import { communityFacts } from './communities'
import { can } from './policy'
import { relationshipFacts } from './relationships'
import { threadFacts } from './threads'
import type { Viewer } from './viewer'

/** TABLE 5. Live room -> the permission needed to enter. A room is `kind:id`, `all` where there is one of its kind; its facts are read when somebody knocks. */
// prettier-ignore
const rooms: Record<string, (viewer: Viewer, id: string) => Promise<boolean>> = {
  'thread':       async (viewer, id) => allowed(await threadFacts(id), (thread) => can(viewer, 'thread.view', thread)),
  'answering':    async (viewer, id) => allowed(await threadFacts(id), (thread) => can(viewer, 'post.answer', thread)),
  'community':    async (viewer, id) => allowed(await communityFacts(id), (community) => can(viewer, 'community.read', community)),
  'waiting':      async (viewer, id) => allowed(await communityFacts(id), (community) => can(viewer, 'waiting.view', community)),
  'queue':        async (viewer, id) => allowed(await communityFacts(id), (community) => can(viewer, 'queue.view', community)),
  'recommendation-queue': async (viewer) => can(viewer, 'recommendation-queue.view', null),
  'vendor':       async (viewer) => can(viewer, 'vendor.view', null),
  'relationship': async (viewer, id) => allowed(await relationshipFacts(viewer, id), (it) => can(viewer, 'relationship.view', it) || can(viewer, 'relationship.view-own', it)),
  'case':         async (viewer, id) => allowed(await caseFacts(viewer, id), (it) => can(viewer, 'case.view', it)),
  'case-staff':   async (viewer, id) => allowed(await caseFacts(viewer, id), (it) => can(viewer, 'case.serve', it)),
  'cases':        async (viewer, id) => can(viewer, 'case.list', { vendorId: id }),
  'imports':      async (viewer, id) => can(viewer, 'import.view', { vendorId: id }),
  'person':       async (viewer, id) => viewer.kind === 'person' && viewer.personId === id,
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export async function mayEnter(viewer: Viewer, room: string): Promise<boolean> {
  const [kind = '', id = '', more] = room.split(':')
  if (more !== undefined || !Object.hasOwn(rooms, kind) || !(kind === 'recommendation-queue' ? id === 'all' : UUID.test(id))) return false
  return (await rooms[kind]?.(viewer, id)) ?? false
}

function allowed<F>(facts: F | null, rule: (facts: F) => boolean): boolean {
  return facts !== null && rule(facts)
}
