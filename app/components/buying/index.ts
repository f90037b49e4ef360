export { DateForm, InviteForm, StepForm } from './forms'
export { EarlierDays, Plan, PlanPeople } from './plan'
