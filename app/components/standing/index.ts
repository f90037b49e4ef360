export { ArrangedForm } from './arranged-form'
