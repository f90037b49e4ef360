export { PreferenceForm } from './preference-form'
export { NegotiationState, StandingLine, signOf } from './standing'
export { termsInWords, termsOfVendorInWords } from './terms'
