export { caughtBy, readsChecks, type Caught } from './checking'
export { changeChecks, checksPage } from './choosing-checks'
export { openingStamp } from './typing'
export { hold, isHeld, settleHeld, wasHeld } from './holding'
