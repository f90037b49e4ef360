export { vendorBySlug, vendorOfCommunity } from './facts'
export { changeVendor, createProduct, createVendor } from './keeping'
export { vendorDirectory, vendorPage, vendorToManage } from './reading'
export { appointStaff, dismissStaff, nameDefaultOwner } from './staff'
