import { getCountries } from 'libphonenumber-js'

/** ISO 3166 codes, as far as numbers are given out there. */
export const countryCodes = (): string[] => getCountries().filter((code) => /^[A-Z]{2}$/.test(code))
