import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TellingForm, Told } from '~/app/components/moderation'
import { TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import { act, load } from '~/app/http.server'
import { reportPage, writeReport } from '~/server/moderation'
import { ReportInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [
  { title: say('ui.pageTitle', { title: say('report.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => ({
  ...(await reportPage(viewer, params.kind, params.id)),
  sent: url.searchParams.get('sent') === '1',
}))

export const action = act(ReportInput, async ({ viewer, params, input, url, from }) => {
  await writeReport(viewer, params.kind, params.id, input, from)
  return redirect(`${url.pathname}?sent=1`)
})

export default function ReportScreen() {
  const { words, place, sent } = useLoaderData<typeof loader>()
  if (sent)
    return (
      <Told title={say('report.sent.title')} place={place}>
        {say('report.sent')}
      </Told>
    )
  return (
    <TellingForm
      title={say('report.title')}
      lede={say('report.lede')}
      words={words}
      what={say('report.what')}
      place={place}
      note={{ label: say('report.note'), help: say('report.note.help'), required: true }}
      labels={{ email: say('report.email') }}
      submit={say('report.submit')}
    >
      {({ errors, values }) => (
        <>
          <TextInput
            label={say('report.email')}
            name="email"
            type="email"
            dir="ltr"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={typed(values, 'email')}
            error={errors.email}
            help={say('report.email.help')}
          />
          <p className="meta">{say('report.faith')}</p>
        </>
      )}
    </TellingForm>
  )
}
