export { RecommendationCard, disclosureOf, type CardRecommendation } from './recommendation-card'
export { RECOMMENDATION_LABELS, RecommendationFields } from './recommendation-fields'
export { Verdicts } from './verdicts'
