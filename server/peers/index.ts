export {
  acceptReference,
  askForReference,
  askReferencePage,
  declineReference,
  myReferences,
  referenceAnswerPage,
  referenceCounts,
  withdrawReference,
} from './references'
export { namePage, nameVendor } from './naming'
export { peerRooms, repliesLike, requestList, requestOf, soughtFrom, type NamedShown } from './reading'
export { requestPage, requestRecommendations } from './requesting'
