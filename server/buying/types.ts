export { CURRENCIES, MOTIONS, OUTCOMES } from '~/db/kinds'
