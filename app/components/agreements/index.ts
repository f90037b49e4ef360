export { PreferenceForm } from './preference-form'
export { NegotiationState, StandingLine, signOf } from './standing'
export { AskObjection, StandingObjection } from './standing-objection'
export { termsInWords, termsOfVendorInWords } from './terms'
