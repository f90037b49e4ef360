export { ContractForm, Contracts } from './contract'
export { DateForm, InviteForm, StepForm } from './forms'
export { EarlierDays, Plan, PlanPeople } from './plan'
export { Ends, OutcomeForm } from './outcome'
