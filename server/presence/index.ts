export { chooseBeingSeen, isSeen } from './choosing'
export { whoIsHere, type Presence } from './here'
