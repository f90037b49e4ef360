export { HAND_OFF_TRIGGERS } from '~/db/kinds'

/** How long somebody has to take over, in open hours, where nothing else is said. */
export const USUAL_HOURS = '16'
