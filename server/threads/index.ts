export { acceptAnswer, markAnswer, unacceptAnswer, unmarkAnswer } from './accepting'
export { answerQuestion, postAnswer } from './answering'
export { askPage, askQuestion, openThread, roomsToAsk } from './asking'
export { claimThread, releaseThread } from './claiming'
export { commentOn } from './commenting'
export { creditPosts, takeBackPosts } from './crediting'
export { confirmAnswer, unconfirmAnswer } from './confirming'
export { duplicatePage, markDuplicate, questionNamed, unmarkDuplicate } from './duplicates'
export { editPage, editPost } from './editing'
export {
  foundThread,
  holdThreadOf,
  idsOf,
  inTurn,
  postAddress,
  postFacts,
  reasonFor,
  threadAddress,
  threadFacts,
  threadIdOf,
  writer,
  type KnownThread,
} from './facts'
export { followedRooms, followRoom, followsHere, unfollowRoom, type FollowedRoom } from './following-rooms'
export { needingAnswers } from './needing-answers'
export { followThread, keepFollowing, unfollowThread } from './following'
export { hidePost, hideThread, keepHidden, lockThread, restorePost, restoreThread, unlockThread } from './hiding'
export { tellOfReleased } from './releasing'
export { remindAskers } from './reminding'
export { acceptSuggestion, refuseSuggestion, suggestEdit, suggestEditPage, suggestionPage, withdrawSuggestion } from './suggesting'
export { popularTags, threadList, threadsById } from './thread-list'
export { postHistory, restoreVersion } from './history'
export { mentionable } from './mentionable'
export { drawPost, renderAgain } from './mentioning'
export { mergePage, mergesPage } from './merges-read'
export { confirmMerges, declineMerges, mergeThreads, undoMerge } from './merging'
export { fileOf } from './post-files'
export { placeOfPost } from './place-of-post'
export { makePoll, pollForm, pollIdOf, pollsOf, voteInPoll } from './polling'
export { previewOf } from './previewing'
export { commentsPage, threadAt, threadPage } from './thread-page'
export { stirThread } from './turns'
export { readableBy, visibleTo } from './visibility'
export { recountVotes } from './scores'
export { asAskedHere, unnamedFor, type Place } from './unnamed'
export { castVote, placeVote, removeVote, voteOn } from './voting'
export { waitingPage } from './waiting'
export { placesOfWriting } from './writing-places'
export { questionWorthReading } from './worth-reading'
