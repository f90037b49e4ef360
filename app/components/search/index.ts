export { Answered, AskForm } from './ask-form'
export { Marked } from './marked'
export { useSimilar } from './use-similar'
