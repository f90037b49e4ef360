export { Byline, Who } from './byline'
export { Folded } from './folded'
export { Portrait, initials } from './portrait'
export { Seat, seatWord, sideOf, type HandleInfo, type SeatInfo, type SeatKind } from './seat'
