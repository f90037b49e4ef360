export { FieldForm } from './field-form'
export { FieldValue, OwnFields, WhoSaid } from './field-values'
export { Changes } from './changes'
