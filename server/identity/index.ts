export { changeAccount, keepAccount } from './accounts'
export { countryCodes } from './countries'
export { endPlace, placeUnder } from './hierarchy'
export { accountForm, accountPage, accountsOf, type Colleague, type Edge, type Worker } from './reading'
