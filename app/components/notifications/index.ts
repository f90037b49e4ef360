export { addressOf } from './address'
export { NoticeLine } from './notice-line'
