import { typed, useForm } from '~/app/form'
import { say } from '~/words'
import { TextInput } from '../ui'

/** What its owner calls a passkey, to know it from the others. */
export function PasskeyName({ proposed }: { proposed: string }) {
  const { errors, values } = useForm()
  return (
    <TextInput
      label={say('accounts.passkey.name')}
      name="name"
      required
      maxLength={60}
      autoComplete="off"
      defaultValue={typed(values, 'name', proposed)}
      help={say('accounts.passkey.name.help')}
      error={errors.name}
    />
  )
}
