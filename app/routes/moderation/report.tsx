import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, RadioGroup, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { reportPage, writeReport } from '~/server/moderation'
import { ReportInput } from '~/server/moderation/input'
import { FLAG_REASONS } from '~/server/moderation/types'
import { say } from '~/words'

const labels = () => ({ reason: say('flag.reason'), note: say('report.note'), email: say('report.email') })

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
  const { errors, values } = useForm()
  const back = place.recommendation
    ? paths.recommendation(place.recommendation)
    : place.post
      ? paths.post(place.slug ?? '', place.number ?? 0, place.post)
      : paths.thread(place.slug ?? '', place.number ?? 0)
  if (sent)
    return (
      <Wrap>
        <div className="pt-8">
          <Empty title={say('report.sent.title')} action={<ButtonLink to={back}>{say('flag.back')}</ButtonLink>}>
            {say('report.sent')}
          </Empty>
        </div>
      </Wrap>
    )
  return (
    <Wrap>
      <PageHead title={say('report.title')} lede={say('report.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        <blockquote className="prose border-s border-edge ps-5" aria-label={say('report.what')}>
          <p dir="auto">{words}</p>
        </blockquote>
        <ErrorSummary errors={errors} labels={labels()} />
        <PostForm className="grid gap-6">
          <RadioGroup
            label={labels().reason}
            name="reason"
            required
            defaultValue={typed(values, 'reason') || undefined}
            error={errors.reason}
            options={FLAG_REASONS.map((reason) => ({ value: reason, label: say(`flag.reason.${reason}`) }))}
          />
          <TextArea
            label={labels().note}
            name="note"
            required
            rows={5}
            defaultValue={typed(values, 'note')}
            error={errors.note}
            help={say('report.note.help')}
          />
          <TextInput
            label={labels().email}
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
          <div className="btns">
            <Button variant="primary">{say('report.submit')}</Button>
            <ButtonLink variant="quiet" to={back}>
              {say('flag.back')}
            </ButtonLink>
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}
