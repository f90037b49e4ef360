export { Devices } from './devices'
export { addressOf } from './address'
export { NoticeLine } from './notice-line'
export { StoppedMail } from './stopped-mail'
