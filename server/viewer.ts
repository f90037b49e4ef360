import type { RULES } from '~/db/kinds'

/** Who is asking, with everything that policy.ts may ask about them. Loaded once per request. */
export type PersonViewer = Roles & {
  kind: 'person'
  personId: string
  handleId: string
  handle: string
  displayName: string
  /** The handles under which the person asked without showing a name, one for each thread, the newest first. */
  unnamedAs: string[]
  sessionId: string
  confirmed: boolean
  /** Suspended from the whole portal. */
  suspended: boolean
  /** Communities that have suspended the person. */
  suspendedIn: string[]
  /** Where the person may not write for a while, the longest first. */
  silences: Silence[]
  memberOf: string[]
  /** Vendors the person ever worked for: nobody recommends an employer, present or past. */
  everStaffOf: string[]
  /** Showed within the last minutes who they are, by password or second step. */
  proved: boolean
  /** Codes of an app are asked for after the password. */
  hasApp: boolean
  /** Both steps were taken: there is an app, or this session began with a passkey. */
  hasSecondStep: boolean
  /** The operators ask everybody with a role for a second step, and this person has one. */
  needsSecondStep: boolean
  /** What the person may be once there is a second step; until then they are none of it. */
  rolesWaiting: Roles | null
  theme: 'light' | 'dark' | null
  timeZone: string
}
type RuleName = (typeof RULES)[number]
/** communityId null: the whole portal. */
export type Silence = { decisionId: string; communityId: string | null; communityName: string | null; until: string; rule: RuleName }
export type Roles = {
  isOperator: boolean
  isPortalModerator: boolean
  moderates: string[]
  /** The same rooms, as links to them need them. */
  moderatedRooms: { slug: string; name: string }[]
  staffOf: StaffSeat[]
}
export const NO_ROLES: Roles = { isOperator: false, isPortalModerator: false, moderates: [], moderatedRooms: [], staffOf: [] }
export type StaffSeat = { vendorId: string; vendorSlug: string; vendorName: string; role: string }
export type SystemViewer = { kind: 'system'; job: string }
export type Visitor = { kind: 'visitor' }
export type Viewer = PersonViewer | SystemViewer | Visitor

export const visitor: Visitor = { kind: 'visitor' }

export function systemViewer(job: string): SystemViewer {
  return { kind: 'system', job }
}

/** The seat shown beside a name: computed, never chosen. */
export type SeatInfo = {
  kind: 'member' | 'prospect' | 'customer' | 'staff' | 'partner' | 'moderator' | 'operator'
  vendorName?: string
  role?: string
  /** Attested by a vendor, shown by the person here, with as much of it as they chose. */
  verified?: true
  since?: string
}
export type HandleInfo = {
  handle: string | null
  displayName: string
  placeholder: boolean
  seat: SeatInfo
  /** Where an imported author has a page of their own. */
  importedId?: string
}
