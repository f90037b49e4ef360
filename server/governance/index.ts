export { bringBackField, changeField, defineField, retireField } from './defining'
export { fillField, restoreEarlier } from './filling'
export {
  fieldAsItStands,
  fieldForm,
  fieldPage,
  fieldsAboutMe,
  fieldsOn,
  fieldsPage,
  valuePage,
  type Standing,
  type ValueShown,
} from './reading'
export { auditPage, changesAboutMe, verifyAudit, type AuditShown } from './auditing'
export { checkFields } from './checking'
export { defineTerm, glossaryPage, termPage, type Meanings } from './glossary'
export { endIntegration, integrationForm, keepIntegration, nameSteward, registerPage, sayItWorks } from './looking-after'
