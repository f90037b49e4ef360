export { ConsentSentence } from './consent-sentence'
