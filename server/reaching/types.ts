export { HOW_OFTEN } from '~/db/kinds'

/** Where somebody has said nothing. The database says the same. */
export const USUAL = 4
