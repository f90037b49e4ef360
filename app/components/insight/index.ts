export { Evidence } from './evidence'
export { CountedOfMine } from './counted-of-mine'
export { Reasons, sayReason } from './reasons'
export { sayHealth } from './say-health'
