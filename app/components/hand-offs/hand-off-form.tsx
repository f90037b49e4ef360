import { Button, ButtonLink, ErrorSummary, PostForm, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { USUAL_HOURS } from '~/server/hand-offs/types'
import { say } from '~/words'

type Colleague = { handle: string; displayName: string }

export function HandOffForm({
  colleagues,
  owner,
  name,
  back,
}: {
  colleagues: Colleague[]
  owner: string | null
  name: string
  back: string
}) {
  const { errors, values } = useForm()
  const labels = {
    to: say('handOff.to'),
    hours: say('handOff.hours'),
    why: say('handOff.why'),
    checklist: say('handOff.checklist'),
  }
  return (
    <PostForm className="grid max-w-[36rem] gap-6">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.to}
        name="to"
        help={say('handOff.to.help', { name })}
        error={errors.to}
        defaultValue={typed(values, 'to', '')}
        options={[
          { value: '', label: say('handOff.choose') },
          ...colleagues.filter(({ handle }) => handle !== owner).map(({ handle, displayName }) => ({ value: handle, label: displayName })),
        ]}
      />
      <HoursField error={errors.hours} value={typed(values, 'hours', USUAL_HOURS)} />
      <TextArea
        label={labels.why}
        name="why"
        optional
        rows={3}
        help={say('handOff.why.help')}
        error={errors.why}
        defaultValue={typed(values, 'why')}
        maxLength={1000}
      />
      <ChecklistField error={errors.checklist} value={typed(values, 'checklist')} />
      <div className="btns">
        <Button variant="primary">{say('handOff.start')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}

export function HoursField({ error, value }: { error: string | undefined; value: string | undefined }) {
  return (
    <TextInput
      label={say('handOff.hours')}
      name="hours"
      inputMode="decimal"
      maxLength={20}
      help={say('handOff.hours.help')}
      defaultValue={value}
      error={error}
    />
  )
}

export function ChecklistField({ error, value }: { error: string | undefined; value: string | undefined }) {
  return (
    <TextArea
      label={say('handOff.checklist')}
      name="checklist"
      optional
      rows={5}
      help={say('handOff.checklist.help')}
      error={error}
      defaultValue={value}
      maxLength={2500}
    />
  )
}
