export { CommunityAbout, CommunityStanding } from './community-header'
export { sayHours } from './hours'
export { KeptBy, RoomTable } from './room-table'
