export { answerAsk, askPage, askedOfMe, letAskAgain, neverAskedOf, type AskShown } from './answering'
export { askForFields, askableOf, asksTo } from './asking'
export { ATTRIBUTE_KEYS, fieldsInOrder, type AttributeGroup, type AttributeKey, type FieldKey } from './catalogue'
export { grantsTo, LIVE, onceGranted, readGranted, readGrantedOf, type GrantedValue, type LiveGrant } from './granted'
export { giveGrant, revokeGrant } from './granting'
export { addOwnField, confirmAttribute, forgetEarlier, keepAttribute, removeAttribute } from './keeping'
export { sayPlaceOfWork } from './place-of-work'
export { keepRefusal } from './refused'
export { accessProofs, rootAccess } from './proving'
export { sealVaults } from './sealed'
export {
  attributePage,
  earlierValues,
  fieldsGranted,
  grantPage,
  myVault,
  newGrantPage,
  ownFields,
  ownGrants,
  seenBy,
  vaultFile,
  type GrantShown,
  type Kept,
} from './reading'
export { ownNames, type OwnNames } from './own-names'
export { myReadings, readingsBy, type ReadingShown, type RefusalShown } from './readings'
export { visibleTo } from './visible'
export { compareBrought, putBack, takeBrought, type Compared, type PutBack } from './bringing'
export { remindVaults } from './reminding'
export { correctionsOwed, correctionsTold, recordCorrected, type CorrectionShown } from './correcting'
