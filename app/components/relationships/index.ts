export { Commitments, type Commitment } from './commitments'
export { TwoRailTimeline, type TimelineEntry } from './two-rail-timeline'
