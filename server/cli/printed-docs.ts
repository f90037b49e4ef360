import type { z } from 'zod'
import { events } from '~/server/events'
import { can, policy, type Action } from '~/server/policy'
import { reactionTable } from '~/server/reactions'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'

const nobodyYet: PersonViewer = {
  kind: 'person',
  unnamedAs: [],
  personId: 'p',
  handleId: 'h',
  handle: 'somebody',
  displayName: 'Somebody',
  sessionId: 's',
  confirmed: true,
  suspended: false,
  suspendedIn: [],
  silences: [],
  isOperator: false,
  isPortalModerator: false,
  memberOf: [],
  moderates: [],
  moderatedRooms: [],
  staffOf: [],
  everStaffOf: [],
  proved: true,
  hasApp: false,
  hasSecondStep: false,
  needsSecondStep: false,
  rolesWaiting: null,
  theme: null,
  timeZone: 'UTC',
}
const person = (more: Partial<PersonViewer>): PersonViewer => ({ ...nobodyYet, ...more })
const seatAt = (vendorId: string) => ({ vendorId, vendorSlug: vendorId, vendorName: vendorId, role: 'support' })
const silence = { decisionId: 'd', communityId: null, communityName: null, until: '2100-01-01T00:00:00Z', rule: 'civil' as const }
const itsAuthor = { personId: 'author', handleId: 'author', memberOf: ['room'] }

/** The columns of the page: everybody whom a rule can tell apart. */
const cast: [string, Viewer][] = [
  ['visitor', visitor],
  ['unconfirmed', person({ confirmed: false })],
  ['author or owner', person(itsAuthor)],
  ['member', person({ memberOf: ['room'] })],
  ['other member', person({})],
  ['staff of the vendor', person({ memberOf: ['room'], staffOf: [seatAt('vendor')], everStaffOf: ['vendor'] })],
  ['other vendor’s staff', person({ staffOf: [seatAt('rival')], everStaffOf: ['rival'] })],
  ['moderator of the room', person({ moderates: ['room'] })],
  ['independent moderator', person({ isPortalModerator: true })],
  ['silenced author', person({ ...itsAuthor, silences: [silence] })],
  ['suspended author', person({ ...itsAuthor, suspended: true })],
  ['operator', person({ isOperator: true })],
]

const subject = (access: 'open' | 'request' | 'invitation') => ({
  communityId: 'room',
  access,
  handleId: 'author',
  claimants: ['author'],
  askerHandleId: 'author',
  personId: 'author',
  vendorId: 'vendor',
  hidden: false,
  locked: false,
  subjectKind: 'post',
  inRoom: { communityId: 'room', access },
  decidedBy: 'somebody',
  parties: ['author'],
  mayContest: ['author'],
  side: 'theirs',
  speakers: ['author'],
  seated: ['author'],
  acceptedAt: new Date(0),
})

/** docs/permissions.md, printed from policy.ts. */
export function permissionsPage(): string {
  const table = (access: 'open' | 'request' | 'invitation') => {
    const rows = (Object.keys(policy) as Action[]).map(
      (action) =>
        `| \`${action}\` | ${cast.map(([, viewer]) => (can(viewer, action, subject(access) as never) ? 'yes' : '·')).join(' | ')} |`,
    )
    return [`| action | ${cast.map(([name]) => name).join(' | ')} |`, `|---|${cast.map(() => ':-:').join('|')}|`, ...rows].join('\n')
  }
  return `# Who may do what

Printed from \`server/policy.ts\` by \`npm run docs\`; a test fails when it is stale. The thing acted on belongs to the author,
stands in a room and concerns a vendor; it is neither hidden nor locked. Vault values and recommendations are guarded a second time, in the database
(\`db/migrations\`): staff read a value only under a live grant for the purpose they name, and no vendor's staff change what is visible of a recommendation.

## In an open room

${table('open')}

## In a room by request

${table('request')}

## In a room by invitation

${table('invitation')}
`
}

/** docs/events.md, printed from events.ts and reactions.ts. */
export function eventsPage(): string {
  const follows = new Map(reactionTable())
  const rows = Object.entries(events).map(
    ([kind, shape]) =>
      `| \`${kind}\` | ${Object.keys((shape as z.ZodObject).shape).join(', ')} | ${(follows.get(kind) ?? []).join(', ') || '–'} |`,
  )
  return `# What can happen

Printed from \`server/events.ts\` and \`server/reactions.ts\` by \`npm run docs\`; a test fails when it is stale. Payloads hold ids, enums and
counts: never words that people wrote, never vault values.

| event | carries | what follows |
|---|---|---|
${rows.join('\n')}
`
}
