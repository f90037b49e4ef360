export { Byline, Who } from './byline'
export { Portrait, initials } from './portrait'
export { Seat, seatWord, sideOf, type HandleInfo, type SeatInfo, type SeatKind } from './seat'
