export { forgetContacts, howOftenPage, leftFor, sayHowOften, withinBudget, type Left } from './budget'
