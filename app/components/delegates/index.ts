export { Uses } from './uses'
