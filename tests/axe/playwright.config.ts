import journeys from '../../playwright.config'

/** Every page through axe, light and dark, at two widths: ten minutes, so on demand (`npm run axe`) beside the journeys’ own checks. */
export default { ...journeys, testDir: '.', fullyParallel: true }
