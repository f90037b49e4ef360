export { Basis, IntervalDot, Remaining, ShareDot, Sparkline } from './scale'
export { Spread, SpreadMini, spreadSentence, type Five } from './spread'
