import { Button, ButtonLink, CheckboxGroup, ErrorSummary, PostForm, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { say } from '~/words'

const OBJECTS = ['account', 'relationship'] as const
const KINDS = ['text', 'number', 'date', 'choice', 'yes-no'] as const
const CLASSES = ['business', 'public', 'personal'] as const
const SOURCES = ['staff', 'import', 'enriched'] as const

export type FieldAsWritten = { name: string; group: string; owner: string; decision: string; choices: string; sources: string[] }

/** A field, new or as it stands. What it is of and what kind of thing it says is chosen once. */
export function FieldForm({
  stands,
  kind,
  isNew,
  colleagues,
  groups,
  submit,
  back,
}: {
  stands: FieldAsWritten
  kind: string
  isNew?: boolean
  colleagues: { handle: string; displayName: string }[]
  groups: string[]
  submit: string
  back: string
}) {
  const { errors, values } = useForm()
  const labels = {
    ...{ name: say('field.name'), object: say('field.object'), kind: say('field.kind'), class: say('field.class') },
    ...{ group: say('field.group'), owner: say('field.owner'), decision: say('field.decision'), choices: say('field.choices') },
    sources: say('field.sources'),
  }
  const field = (name: Exclude<keyof FieldAsWritten, 'sources'>) => ({
    ...{ name, label: labels[name], error: errors[name] },
    defaultValue: typed(values, name, stands[name]),
  })
  const chosen = (name: 'object' | 'kind' | 'class', first: string) => ({
    ...{ name, label: labels[name], error: errors[name] },
    defaultValue: typed(values, name, first),
  })
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput {...field('name')} maxLength={60} help={say('field.name.help')} />
      <TextInput {...field('decision')} maxLength={300} help={say('field.decision.help')} />
      <Select
        {...field('owner')}
        help={say('field.owner.help')}
        options={colleagues.map((one) => ({ value: one.handle, label: one.displayName }))}
      />
      <TextInput {...field('group')} maxLength={60} help={say('field.group.help')} list="field-groups" />
      <datalist id="field-groups">
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      {isNew ? (
        <>
          <Select
            {...chosen('object', 'account')}
            help={say('field.object.help')}
            options={OBJECTS.map((value) => ({ value, label: say(`field.object.${value}`) }))}
          />
          <Select {...chosen('kind', 'text')} options={KINDS.map((value) => ({ value, label: say(`field.kind.${value}`) }))} />
          <Select
            {...chosen('class', 'business')}
            help={say('field.class.help')}
            options={CLASSES.map((value) => ({ value, label: say(`field.class.${value}`) }))}
          />
        </>
      ) : null}
      {isNew || kind === 'choice' || errors.choices ? (
        <TextArea {...field('choices')} optional={kind !== 'choice'} rows={4} help={say('field.choices.help')} />
      ) : null}
      <CheckboxGroup
        label={labels.sources}
        name="sources"
        error={errors.sources}
        defaultValues={typedList(values, 'sources', stands.sources)}
        options={SOURCES.map((value) => ({ value, label: say(`field.source.${value}`) }))}
      />
      <div className="btns">
        <Button variant="primary">{submit}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
