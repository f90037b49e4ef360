export { vendorBySlug, vendorOfCommunity } from './facts'
export { changeVendor, createProduct, createVendor } from './keeping'
export { productsOf, responseTimes, staffOf, vendorDirectory, vendorPage, vendorToManage, type StaffShown } from './reading'
export { appointStaff, dismissStaff, nameDefaultOwner } from './staff'
