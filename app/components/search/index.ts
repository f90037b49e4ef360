export { Answered, AskForm } from './ask-form'
export { Marked } from './marked'
