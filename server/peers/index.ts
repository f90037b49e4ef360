export { namePage, nameVendor } from './naming'
export { peerRooms, requestList, requestOf, soughtFrom, type NamedShown } from './reading'
export { requestPage, requestRecommendations } from './requesting'
