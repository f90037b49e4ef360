export { addressKey, addressMac, type BroughtAddress } from './address'
export { askForAuthorship, withdrawAuthorship } from './asking'
export { acceptAuthorship, creditLateArrivals, refuseOthers, refuseAuthorship, undoAuthorship } from './deciding'
export { authorshipForm, authorshipPage, importedPage } from './reading'
