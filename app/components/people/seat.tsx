import type { HandleInfo, SeatInfo } from '~/server/viewer'
import { say } from '~/words'
import { BadgeCheck, Building2, Compass, Handshake, Icon, Landmark, Scale, UserRound, type LucideIcon, type Side } from '../ui'

export type { HandleInfo, SeatInfo }
export type SeatKind = SeatInfo['kind']

/** Known seats rest on a record, said ones on the person's word. */
const SEATS: Record<SeatKind, { side: Side; icon: LucideIcon; known: boolean }> = {
  member:    { side: 'member',      icon: UserRound,  known: false },
  prospect:  { side: 'member',      icon: Compass,    known: false },
  customer:  { side: 'member',      icon: BadgeCheck, known: true },
  staff:     { side: 'vendor',      icon: Building2,  known: true },
  partner:   { side: 'vendor',      icon: Handshake,  known: true },
  moderator: { side: 'independent', icon: Scale,      known: true },
  operator:  { side: 'independent', icon: Landmark,   known: true },
} // prettier-ignore

const LETTER = { member: 'm', vendor: 'v', independent: 'i' } as const

export function sideOf(seat: SeatInfo): Side {
  return SEATS[seat.kind].side
}

/** The word on the badge; `short` leaves the role out, for comments and dense lists. */
export function seatWord(seat: SeatInfo, short = false): string {
  const { kind, vendorName: vendor, role } = seat
  if (kind === 'staff') {
    if (!vendor) return say('ui.seat.staffAlone')
    return role && !short ? say('ui.seat.staffRole', { vendor, role }) : say('ui.seat.staff', { vendor })
  }
  if (kind === 'partner') return vendor ? say('ui.seat.partner', { vendor }) : say('ui.seat.partnerAlone')
  if (seat.verified) {
    const said = vendor ? say('ui.seat.verifiedOf', { vendor }) : say('ui.seat.verified')
    return seat.since && !short ? say('ui.seat.verifiedSince', { said, since: seat.since }) : said
  }
  return say(`ui.seat.${kind}`)
}

/** Who sits where: an icon and a word beside a name. Computed, never chosen. */
export function Seat({ seat, short }: { seat: SeatInfo; short?: boolean }) {
  const { side, icon, known } = SEATS[seat.kind]
  return (
    <span className={`seat seat-${LETTER[side]} ${known ? 'seat-known' : 'seat-said'}`}>
      <Icon of={icon} />
      <span>{seatWord(seat, short)}</span>
    </span>
  )
}
