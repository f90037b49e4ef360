import { Button, ButtonLink, ErrorSummary, PostForm, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { say } from '~/words'
import { ChecklistField, HoursField } from './hand-off-form'

type Stands = { to: string | null; hours: string; checklist: string; colleagues: { handle: string; displayName: string }[] }

export function RuleForm({ stands, back }: { stands: Stands; back: string }) {
  const { errors, values } = useForm()
  const labels = { to: say('handOff.to'), hours: say('handOff.hours'), checklist: say('handOff.checklist') }
  return (
    <PostForm className="grid max-w-[36rem] gap-6">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.to}
        name="to"
        help={say('handOff.rule.to.help')}
        error={errors.to}
        defaultValue={typed(values, 'to', stands.to ?? '')}
        options={[
          { value: '', label: say('handOff.rule.nobody') },
          ...stands.colleagues.map(({ handle, displayName }) => ({ value: handle, label: displayName })),
        ]}
      />
      <HoursField error={errors.hours} value={typed(values, 'hours', stands.hours)} />
      <ChecklistField error={errors.checklist} value={typed(values, 'checklist', stands.checklist)} />
      <div className="btns">
        <Button variant="primary">{say('handOff.rule.keep')}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
