import { Button, ErrorSummary, PostForm, Select, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** To whom a company belongs, and since when. */
export function PlaceForm({ accountId, today, ownPage }: { accountId: string; today: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = { parent: say('account.tree.parent'), kind: say('account.tree.kind'), since: say('account.tree.from') }
  return (
    <PostForm action={paths.placeAccount(accountId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput
        label={labels.parent}
        name="parent"
        help={say('account.tree.parent.help')}
        error={errors.parent}
        defaultValue={typed(values, 'parent')}
      />
      <Select
        label={labels.kind}
        name="kind"
        error={errors.kind}
        defaultValue={typed(values, 'kind', 'owns')}
        options={(['owns', 'division', 'franchise'] as const).map((value) => ({ value, label: say(`account.tree.kind.${value}`) }))}
      />
      <TextInput
        type="date"
        label={labels.since}
        name="since"
        error={errors.since}
        max={today}
        defaultValue={typed(values, 'since', today)}
      />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('account.tree.keep')}</Button>
      </div>
    </PostForm>
  )
}
