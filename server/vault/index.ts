export { answerAsk, askPage, askedOfMe, letAskAgain, neverAskedOf, type AskShown } from './answering'
export { askForFields, askableOf, asksTo } from './asking'
export { ATTRIBUTE_KEYS, fieldsInOrder, type AttributeGroup, type AttributeKey, type FieldKey } from './catalogue'
export { grantsTo, onceGranted, readGranted, readGrantedOf, type GrantedValue, type LiveGrant } from './granted'
export { giveGrant, revokeGrant } from './granting'
export { addOwnField, forgetEarlier, keepAttribute, removeAttribute } from './keeping'
export { sayPlaceOfWork } from './place-of-work'
export { keepRefusal } from './refused'
export { accessProofs, rootAccess } from './proving'
export { sealVaults } from './sealed'
export {
  attributePage,
  fieldsGranted,
  grantPage,
  myReadings,
  myVault,
  newGrantPage,
  ownFields,
  ownGrants,
  ownNames,
  readingsBy,
  seenBy,
  vaultFile,
  visibleTo,
  type GrantShown,
  type Kept,
  type OwnNames,
  type ReadingShown,
  type RefusalShown,
} from './reading'
export { correctionsOwed, correctionsTold, recordCorrected, type CorrectionShown } from './correcting'
