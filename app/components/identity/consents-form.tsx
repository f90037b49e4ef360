import { Button, ErrorSummary, PostForm, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

const CHANNELS = ['email', 'phone', 'post'] as const
type Channel = (typeof CHANNELS)[number]
type Props = { vendorSlug: string; contactId: string; consents: { channel: Channel; allowed: boolean }[]; ownPage?: boolean }

/** What somebody said to being written to or called. */
export function ConsentsForm({ vendorSlug, contactId, consents, ownPage }: Props) {
  const { errors, values } = useForm()
  const labels = Object.fromEntries(CHANNELS.map((channel) => [channel, say(`contact.consent.${channel}`)])) as Record<Channel, string>
  const stands = (channel: Channel) => {
    const said = consents.find((one) => one.channel === channel)
    return said ? (said.allowed ? 'yes' : 'no') : 'unsaid'
  }
  return (
    <PostForm action={paths.sayConsents(vendorSlug, contactId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      {CHANNELS.map((channel) => (
        <Select
          key={channel}
          label={labels[channel]}
          name={channel}
          error={errors[channel]}
          defaultValue={typed(values, channel, stands(channel))}
          options={(['unsaid', 'yes', 'no'] as const).map((value) => ({ value, label: say(`contact.consent.is.${value}`) }))}
        />
      ))}
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('contact.consent.keep')}</Button>
      </div>
    </PostForm>
  )
}
