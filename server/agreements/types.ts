export { CHAIN, isPortable, reachOf, SERVICE_TERMS, type Reach, type Terms } from './roster'
export type { Standing, OfferShown, Answered } from './reading'
export type { Preference, Status } from './rules'
