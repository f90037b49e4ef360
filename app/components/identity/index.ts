export { AccountForm, type AccountFields } from './account-form'
export { PlaceForm } from './place-form'
