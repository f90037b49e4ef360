export {
  accountHealth,
  countedOfMe,
  healthAtAGlance,
  vendorHealth,
  type CountedOfMe,
  type EvidenceRow,
  type ReasonShown,
  type Tested,
} from './health'
export { weighHealth } from './weighing'
export { countCommunities, figuresOf, levelsPage, raiseLevel, reviewLevels, setWeights, type Figures } from './levels'
