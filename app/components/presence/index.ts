export { WhoIsHere } from './who-is-here'
