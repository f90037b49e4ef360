export { CommunityFields, communityLabels } from './community-fields'
export { ModeratorForm, ModeratorRows } from './moderators'
export { VendorFields, vendorLabels } from './vendor-fields'
