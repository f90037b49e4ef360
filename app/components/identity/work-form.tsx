import { Button, Checkbox, ErrorSummary, PostForm, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

type Props = { vendorSlug: string; contactId: string; today: string; ownPage?: boolean }

/** Where somebody works, and since when. */
export function WorkForm({ vendorSlug, contactId, today, ownPage }: Props) {
  const { errors, values } = useForm()
  const labels = {
    company: say('contact.work.company'),
    title: say('contact.work.title'),
    department: say('contact.work.department'),
    since: say('contact.work.from'),
  }
  const field = (name: keyof typeof labels, byDefault = '') => ({
    ...{ name, label: labels[name], defaultValue: typed(values, name, byDefault), error: errors[name] },
  })
  return (
    <PostForm action={paths.keepWork(vendorSlug, contactId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput {...field('company')} help={say('account.tree.parent.help')} maxLength={253} />
      <TextInput {...field('title')} optional maxLength={120} />
      <TextInput {...field('department')} optional maxLength={120} />
      <TextInput {...field('since', today)} type="date" max={today} />
      <Checkbox name="main" label={say('contact.work.main')} defaultChecked={typed(values, 'main', values ? '' : 'on') === 'on'} />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('contact.work.keep')}</Button>
      </div>
    </PostForm>
  )
}
