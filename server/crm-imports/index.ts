export { checkCrm } from './checking'
export { type CheckedFile, type CrmCheck, FATES, type RowFate } from './types'
