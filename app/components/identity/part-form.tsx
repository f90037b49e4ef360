import { Button, ErrorSummary, PostForm, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

const ROLES = ['champion', 'economic-buyer', 'user', 'legal', 'security', 'influencer', 'blocker'] as const

type Props = { accountId: string; people: { contact: string; name: string }[]; ownPage?: boolean }

/** Which part somebody who works there has in what the company decides. */
export function PartForm({ accountId, people, ownPage }: Props) {
  const { errors, values } = useForm()
  const labels = { contact: say('account.part.who'), role: say('account.part.role') }
  return (
    <PostForm action={paths.namePart(accountId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <Select
        label={labels.contact}
        name="contact"
        error={errors.contact}
        defaultValue={typed(values, 'contact')}
        options={people.map(({ contact, name }) => ({ value: contact, label: name }))}
      />
      <Select
        label={labels.role}
        name="role"
        error={errors.role}
        defaultValue={typed(values, 'role', 'champion')}
        options={ROLES.map((value) => ({ value, label: say(`account.part.${value}`) }))}
      />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('account.part.keep')}</Button>
      </div>
    </PostForm>
  )
}
