import { Button, ErrorSummary, PostForm, Select, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** What somebody puts right of what a vendor keeps of them. */
export function CorrectKeptForm({ contactId, ownPage }: { contactId: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = { field: say('kept.field'), value: say('kept.value') }
  return (
    <PostForm action={paths.correctKept(contactId)} className="grid max-w-[36rem] gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        name="field"
        label={labels.field}
        error={errors.field}
        defaultValue={typed(values, 'field', 'title')}
        options={(['title', 'name', 'city'] as const).map((value) => ({ value, label: say(`kept.field.${value}`) }))}
      />
      <TextInput
        name="value"
        label={labels.value}
        help={say('kept.value.help')}
        error={errors.value}
        defaultValue={typed(values, 'value')}
        maxLength={120}
      />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('kept.correct.keep')}</Button>
      </div>
    </PostForm>
  )
}
