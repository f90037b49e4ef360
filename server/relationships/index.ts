export { answerContest, answerState, contestRecord, proposeState } from './agreeing'
export { relationshipFacts, visibleTo } from './facts'
export { keepRelationship } from './keeping'
export { assignTask, finishTask, noteOnRelationship } from './noting'
export {
  myRecords,
  ownRecordHead,
  ownRecordPage,
  peopleOf,
  recordHead,
  staffRecordPage,
  type ContestShown,
  type NoteShown,
  type StateShown,
  type TaskShown,
  type Theirs,
} from './reading'
export type { About, EntryShown } from './timeline'
