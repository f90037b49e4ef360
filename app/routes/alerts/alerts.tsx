import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Banner, Button, CheckboxGroup, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { chooseAlerts, myAlerts } from '~/server/alerts'
import { AlertsInput } from '~/server/alerts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('alerts.title') }) }]

export const loader = load(async ({ viewer, url }) => ({ ...(await myAlerts(personOf(viewer))), kept: url.searchParams.has('kept') }))

export const action = act(AlertsInput, async ({ viewer, input }) => {
  await chooseAlerts(personOf(viewer), input)
  return redirect(`${paths.alerts()}?kept`)
})

const KINDS = ['first', 'sensitive', 'refused'] as const

export default function AlertsScreen() {
  const page = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { of: say('alerts.of'), most: say('alerts.most') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.readings(), label: say('vault.readings.title') }]}
        title={say('alerts.title')}
        lede={say('alerts.lede')}
      />
      <PostForm className="grid max-w-[36rem] gap-7">
        {page.kept && Object.keys(errors).length === 0 ? (
          <Banner kind="success" role="status">
            {say('alerts.kept')}
          </Banner>
        ) : null}
        <ErrorSummary errors={errors} labels={labels} />
        <CheckboxGroup
          label={labels.of}
          name="of"
          error={errors.of}
          defaultValues={Object.keys(values).length > 0 ? typedList(values, 'of') : KINDS.filter((kind) => page[kind])}
          options={KINDS.map((kind) => ({ value: kind, label: say(`alerts.of.${kind}`), help: say(`alerts.of.${kind}.help`) }))}
        />
        <TextInput
          label={labels.most}
          name="most"
          inputMode="numeric"
          maxLength={6}
          className="max-w-[12rem]"
          help={say('alerts.most.help')}
          error={errors.most}
          defaultValue={typed(values, 'most', page.mostADay === null ? '' : String(page.mostADay))}
        />
        <p className="meta">
          {say('alerts.where')} <Link to={paths.notificationSettings()}>{say('notifications.settings.title')}</Link>
        </p>
        <div className="btns">
          <Button variant="primary">{say('alerts.keep')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
