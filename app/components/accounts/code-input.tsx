import { TextInput } from '../ui'

/** A code from elsewhere: phones and browsers that know it offer it. Never shown again after a refusal. */
export function CodeInput({ label, help, error, autoFocus }: { label: string; help?: string; error?: string; autoFocus?: boolean }) {
  return (
    <TextInput
      label={label}
      name="code"
      dir="ltr"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      className="max-w-[18rem]"
      help={help}
      error={error}
      autoFocus={autoFocus}
    />
  )
}
