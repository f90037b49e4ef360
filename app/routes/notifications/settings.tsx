import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Devices, StoppedMail } from '~/app/components/notifications'
import { Banner, Button, ErrorSummary, PageHead, PostForm, RadioGroup, Section, Select, Wrap } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { keepSettings, settingsPage } from '~/server/notifications'
import { SettingsInput } from '~/server/notifications/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, url }) => ({
  ...(await settingsPage(personOf(viewer))),
  zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
  kept: url.searchParams.has('kept'),
  asked: url.searchParams.has('asked'),
}))

export const action = act(SettingsInput, async ({ viewer, input }) => {
  await keepSettings(personOf(viewer), input)
  return redirect(`${paths.notificationSettings()}?kept`)
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('notifications.settings.title') }) }]

const MODES = ['chosen', 'digest-only', 'nothing'] as const
const CADENCES = ['never', 'daily', 'weekly', 'monthly'] as const
const CHANNELS = ['inbox', 'mail', 'push', 'digest'] as const
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))

export default function NotificationSettingsScreen() {
  const page = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const hours = [{ value: '', label: say('notifications.settings.noHour') }, ...HOURS]
  const labels = {
    mode: say('notifications.settings.mode'),
    digest: say('notifications.settings.digest'),
    timeZone: say('notifications.settings.timeZone'),
    quietFrom: say('notifications.settings.quietFrom'),
    quietUntil: say('notifications.settings.quietUntil'),
    ...Object.fromEntries(page.matrix.map(({ topic }) => [topic, say(`notifications.topic.${topic}`)])),
  }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.notifications(), label: say('notifications.title') }]}
        title={say('notifications.settings.title')}
        lede={say('notifications.settings.lede')}
      />
      <Address address={page.address} asked={page.asked} />
      <p className="meta mb-6">
        <Link className="underline" to={paths.beingSeen()}>
          {say('presence.lede')}
        </Link>
      </p>
      <PostForm className="grid max-w-[46rem] gap-8">
        {page.kept && Object.keys(errors).length === 0 ? (
          <Banner kind="success" role="status">
            {say('notifications.settings.saved')}
          </Banner>
        ) : null}
        <ErrorSummary errors={errors} labels={labels} />
        <RadioGroup
          label={labels.mode}
          name="mode"
          error={errors.mode}
          defaultValue={typed(values, 'mode', page.mode)}
          options={MODES.map((mode) => ({
            value: mode,
            label: say(`notifications.settings.mode.${mode}`),
            help: mode === 'chosen' ? undefined : say(`notifications.settings.mode.${mode}.help`),
          }))}
        />
        <Select
          label={labels.digest}
          name="digest"
          help={say('notifications.settings.digest.help')}
          error={errors.digest}
          defaultValue={typed(values, 'digest', page.digest)}
          options={CADENCES.map((value) => ({ value, label: say(`notifications.settings.digest.${value}`) }))}
        />
        <Section title={say('notifications.settings.matrix')} id="matrix">
          <div className="grid gap-4">
            {page.matrix.map(({ topic, wanted, fixed }) => (
              <Topic
                key={topic}
                name={topic}
                label={say(`notifications.topic.${topic}`)}
                picked={typedList(values, topic, wanted)}
                fixed={fixed}
              />
            ))}
          </div>
          <p className="meta mt-4">{say('notifications.settings.fixed')}</p>
        </Section>
        <Section title={say('notifications.settings.quiet')} id="quiet">
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label={labels.quietFrom}
              name="quietFrom"
              error={errors.quietFrom}
              defaultValue={typed(values, 'quietFrom', String(page.quietFrom ?? ''))}
              options={hours}
            />
            <Select
              label={labels.quietUntil}
              name="quietUntil"
              error={errors.quietUntil}
              defaultValue={typed(values, 'quietUntil', String(page.quietUntil ?? ''))}
              options={hours}
            />
          </div>
          <p className="meta mt-2 mb-4">{say('notifications.settings.quiet.help')}</p>
          <Select
            label={labels.timeZone}
            name="timeZone"
            error={errors.timeZone}
            defaultValue={typed(values, 'timeZone', page.timeZone)}
            options={page.zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </Section>
        <div className="btns">
          <Button variant="primary">{say('notifications.settings.submit')}</Button>
        </div>
      </PostForm>
      <div className="mt-10 max-w-[46rem]">
        <Devices devices={page.devices} pushKey={page.pushKey} />
      </div>
    </Wrap>
  )
}

/** One row of the matrix: what happened, and a box for each place where it can be told. */
function Topic({ name, label, picked, fixed }: { name: string; label: string; picked: string[]; fixed: string[] }) {
  return (
    <fieldset id={`field-${name}`} tabIndex={-1} className="border-b border-hairline pb-3">
      <legend className="mb-1">{label}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {CHANNELS.map((channel) => (
          <label key={channel} className="flex items-center gap-2">
            <input
              type="checkbox"
              name={name}
              value={channel}
              defaultChecked={picked.includes(channel) || fixed.includes(channel)}
              disabled={fixed.includes(channel)}
            />
            <span>{say(`notifications.channel.${channel}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** Why no mail comes, where none does. */
function Address({ address, asked }: { address: Page['address']; asked: boolean }) {
  if (!address || (address.confirmed && !address.stopped)) return null
  if (address.stopped) return <StoppedMail address={address.address} asked={asked} />
  return (
    <Banner kind="caution">
      <Link className="underline" to={paths.account()}>
        {say('notifications.settings.unconfirmed')}
      </Link>
    </Banner>
  )
}
