export { deletionPage, deletionsOn, deletionsOwed, recordDeletion, type DeletionShown } from './deleting'
export { endGrants, signEnding, signEndingsUnder } from './ending'
export { endingFile, endingOf, sinceFile, type EndingShown } from './reading'
export { lateObligations, type Late } from './late'
