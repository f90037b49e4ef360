export { chooseDraft, discardDraft, forgetDrafts, restoreDraft } from './discarding'
export { endDraft, keepDraft } from './keeping'
export { draftColumn, draftFor, draftPage, drawn as drawnDraft, myDrafts } from './reading'
