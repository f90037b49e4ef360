export { EYES, seenAs, type Eyes } from './seeing'
