import { say } from '~/words'
import { TextInput } from '../ui'

export function EmailInput({ value, error, help, autoFocus }: { value: string; error?: string; help?: string; autoFocus?: boolean }) {
  return (
    <TextInput
      label={say('accounts.email')}
      name="email"
      type="email"
      dir="ltr"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={254}
      defaultValue={value}
      help={help}
      error={error}
      autoFocus={autoFocus}
    />
  )
}
