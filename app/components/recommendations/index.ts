export { RecommendationCard, disclosureOf, type CardRecommendation } from './recommendation-card'
export { recommendationLabels, RecommendationFields } from './recommendation-fields'
export { Verdicts } from './verdicts'
