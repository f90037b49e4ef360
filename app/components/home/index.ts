export { OneRecord } from './one-record'
export { QuestionWorthReading, RecommendationWorthReading, type QuestionShown } from './worth-reading'
