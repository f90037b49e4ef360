import { Button, ButtonLink, CheckboxGroup, ErrorSummary, PostForm, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { say } from '~/words'

const DIRECTIONS = ['in', 'out', 'both'] as const

export type IntegrationAsWritten = {
  name: string
  owner: string
  direction: string
  failureModes: string
  fields: string[]
  trueFor: string[]
}

/** A system of the register, new or as it stands. */
export function IntegrationForm({
  stands,
  colleagues,
  fields,
  back,
}: {
  stands: IntegrationAsWritten
  colleagues: { handle: string; displayName: string }[]
  fields: { id: string; name: string; object: 'account' | 'relationship' }[]
  back: string
}) {
  const { errors, values } = useForm()
  const labels = {
    ...{ name: say('register.name'), owner: say('field.owner'), direction: say('register.direction') },
    ...{ failureModes: say('register.failureModes'), fields: say('register.fields'), trueFor: say('register.trueFor') },
  }
  const field = (name: 'name' | 'owner' | 'direction' | 'failureModes') => ({
    ...{ name, label: labels[name], error: errors[name] },
    defaultValue: typed(values, name, stands[name]),
  })
  const options = fields.map((one) => ({ value: one.id, label: <bdi>{one.name}</bdi>, help: say(`field.of.${one.object}`) }))
  const boxes = (name: 'fields' | 'trueFor') => ({
    ...{ name, label: labels[name], error: errors[name], options },
    defaultValues: typedList(values, name, stands[name]),
  })
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput {...field('name')} maxLength={80} />
      <Select {...field('owner')} options={colleagues.map((one) => ({ value: one.handle, label: one.displayName }))} />
      <Select {...field('direction')} options={DIRECTIONS.map((value) => ({ value, label: say(`register.direction.${value}`) }))} />
      <TextArea {...field('failureModes')} rows={4} maxLength={1000} help={say('register.failureModes.help')} />
      {fields.length > 0 || errors.fields || errors.trueFor ? (
        <>
          <CheckboxGroup {...boxes('fields')} optional />
          <CheckboxGroup {...boxes('trueFor')} optional help={say('register.trueFor.help')} />
        </>
      ) : null}
      <div className="btns">
        <Button variant="primary">{say('register.keep')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
