export { DraftKeeper } from './draft-keeper'
export { DraftNote, formOf } from './draft-note'
export { continues } from './places'
