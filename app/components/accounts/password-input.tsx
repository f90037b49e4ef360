import { TextInput } from '../ui'

type Props = { label: string; name?: string; kind: 'current-password' | 'new-password'; help?: string; error?: string; required?: boolean }

/** Masked, pasteable, and known to password managers. Never shown again after a refusal. */
export function PasswordInput({ label, name = 'password', kind, help, error, required = true }: Props) {
  return (
    <TextInput
      label={label}
      name={name}
      type="password"
      dir="ltr"
      autoComplete={kind}
      autoCapitalize="none"
      spellCheck={false}
      required={required}
      minLength={kind === 'new-password' ? 10 : undefined}
      maxLength={kind === 'new-password' ? 400 : 1000}
      help={help}
      error={error}
    />
  )
}
