export { Comparison, type ComparedVendor } from './comparison'
export { ResponseTimes, type ResponsesShown } from './response-times'
export { StaffDirectory, rolesOf } from './staff-directory'
export { VendorList } from './vendor-list'
