import { Button, ErrorSummary, PostForm, Select, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

type Props = { id: string; ownPage?: boolean }

/** Another day for the plan, and why. */
export function DateForm({ id, ownPage }: Props) {
  const { errors, values } = useForm()
  const labels = { day: say('opportunity.move.day'), reason: say('opportunity.move.reason') }
  return (
    <PostForm action={paths.moveDate(id)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput label={labels.day} name="day" type="date" error={errors.day} defaultValue={typed(values, 'day')} />
      <TextInput
        label={labels.reason}
        name="reason"
        help={say('opportunity.move.reason.help')}
        error={errors.reason}
        defaultValue={typed(values, 'reason')}
        maxLength={300}
      />
      <Send label={say('opportunity.move')} ownPage={ownPage} />
    </PostForm>
  )
}

/** What one side does by a day. */
export function StepForm({ id, ownPage, company, vendor }: Props & { company: string; vendor: string }) {
  const { errors, values } = useForm()
  const labels = { what: say('plan.step.what'), side: say('plan.step.side'), due: say('plan.step.due') }
  return (
    <PostForm action={paths.addStep(id)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput label={labels.what} name="what" error={errors.what} defaultValue={typed(values, 'what')} maxLength={200} />
      <Select
        label={labels.side}
        name="side"
        error={errors.side}
        defaultValue={typed(values, 'side', 'ours')}
        options={(['ours', 'theirs'] as const).map((value) => ({ value, label: say(`plan.side.${value}`, { company, vendor }) }))}
      />
      <TextInput label={labels.due} name="due" type="date" error={errors.due} defaultValue={typed(values, 'due')} />
      <Send label={say('plan.step.keep')} ownPage={ownPage} />
    </PostForm>
  )
}

/** Who is to speak for the customer. */
export function InviteForm({ id, ownPage }: Props) {
  const { errors, values } = useForm()
  const labels = { handle: say('plan.invite.handle') }
  return (
    <PostForm action={paths.inviteToPlan(id)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput
        label={labels.handle}
        name="handle"
        help={say('plan.invite.help')}
        error={errors.handle}
        defaultValue={typed(values, 'handle')}
        maxLength={80}
        autoCapitalize="none"
      />
      <Send label={say('plan.invite.send')} ownPage={ownPage} />
    </PostForm>
  )
}

function Send({ label, ownPage }: { label: string; ownPage?: boolean }) {
  return (
    <div className="btns">
      <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{label}</Button>
    </div>
  )
}
