export { CommunityFields, communityLabels } from './community-fields'
export { DutyOffers, ModeratorForm, ModeratorRows } from './moderators'
export { VendorFields, vendorLabels } from './vendor-fields'
