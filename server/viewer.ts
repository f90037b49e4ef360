/** Who is asking, with everything that policy.ts may ask about them. Loaded once per request. */
export type PersonViewer = {
  kind: 'person'
  personId: string
  handleId: string
  handle: string
  displayName: string
  sessionId: string
  confirmed: boolean
  /** Suspended from the whole portal. */
  suspended: boolean
  /** Communities that have suspended the person. */
  suspendedIn: string[]
  isOperator: boolean
  isPortalModerator: boolean
  memberOf: string[]
  moderates: string[]
  /** The same rooms, as links to them need them. */
  moderatedRooms: { slug: string; name: string }[]
  staffOf: StaffSeat[]
  /** Vendors the person ever worked for: nobody recommends an employer, present or past. */
  everStaffOf: string[]
  theme: 'light' | 'dark' | null
  timeZone: string
}
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
}
export type HandleInfo = { handle: string | null; displayName: string; placeholder: boolean; seat: SeatInfo }
