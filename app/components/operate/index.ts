export { CommunityFields, COMMUNITY_LABELS } from './community-fields'
export { ModeratorForm, ModeratorRows } from './moderators'
export { VendorFields, VENDOR_LABELS } from './vendor-fields'
