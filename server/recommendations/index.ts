export { findConflicts } from './conflicts'
export { verdictsCompared } from './comparing'
export { cutFrom, isCut, type Cut } from './cutting'
export { askWhetherStillTrue, confirmRecommendation } from './confirming'
export { foundRecommendation, recommendationFacts, visibleTo, writer } from './facts'
export { hideRecommendation, holdRecommendation, restoreRecommendation } from './hiding'
export {
  editReplyPage,
  editRecommendationPage,
  newestRecommendation,
  recommendationPage,
  recommendPage,
  replyPage,
  verdictsOf,
} from './reading'
export { drawCustomers, drawsPage, endDraw, invitationStands, myInvitations } from './inviting'
export { versionsPage } from './versions'
export { method } from './method'
export { editReply, replyToRecommendation } from './replying'
export { weighRecommendations } from './scoring'
export { editRecommendation, withdrawRecommendation, writeRecommendation } from './writing'
export { placesOfRecommending } from './writing-places'
export { dayOf } from './rules'
export { quotedOf, type Quoted } from './quoted'
