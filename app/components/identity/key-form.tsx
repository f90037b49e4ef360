import { Button, ErrorSummary, PostForm, Select, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** Another address or number of a contact. */
export function KeyForm({ vendorSlug, contactId, ownPage }: { vendorSlug: string; contactId: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = { kind: say('contact.key.kind'), value: say('contact.key.value') }
  return (
    <PostForm action={paths.addKey(vendorSlug, contactId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.kind}
        name="kind"
        error={errors.kind}
        defaultValue={typed(values, 'kind', 'email')}
        options={(['email', 'phone', 'external'] as const).map((value) => ({ value, label: say(`contact.key.${value}`) }))}
      />
      <TextInput
        label={labels.value}
        name="value"
        help={say('contact.key.help')}
        error={errors.value}
        maxLength={254}
        defaultValue={typed(values, 'value')}
        autoCapitalize="none"
      />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('contact.key.keep')}</Button>
      </div>
    </PostForm>
  )
}
