export { CodeInput } from './code-input'
export { EmailInput } from './email-input'
export { PasswordInput } from './password-input'
export { Slip } from './slip'
