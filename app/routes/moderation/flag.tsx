import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, RadioGroup, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { flag, flagPage } from '~/server/moderation'
import { FlagInput } from '~/server/moderation/input'
import { FLAG_REASONS } from '~/server/moderation/types'
import { say } from '~/words'

const labels = () => ({ reason: say('flag.reason'), note: say('flag.note') })

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('flag.title') }) }]

export const loader = load(({ viewer, params }) => flagPage(viewer, params.kind, params.id))

export const action = act(FlagInput, async ({ viewer, params, input }) => {
  await flag(viewer, params.kind, params.id, input)
  return { thanked: true as const }
})

export default function FlagScreen() {
  const { words, back } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { errors, values } = useForm()
  const place = back.recommendation
    ? paths.recommendation(back.recommendation)
    : back.post
      ? paths.post(back.slug ?? '', back.number ?? 0, back.post)
      : paths.thread(back.slug ?? '', back.number ?? 0)
  if (done && 'thanked' in done) {
    return (
      <Wrap>
        <div className="pt-8">
          <Empty title={say('flag.thanks.title')} action={<ButtonLink to={place}>{say('flag.back')}</ButtonLink>}>
            {say('flag.thanks')}
          </Empty>
        </div>
      </Wrap>
    )
  }
  return (
    <Wrap>
      <PageHead title={say('flag.title')} lede={say('flag.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        <blockquote className="prose border-s border-edge ps-5" aria-label={say('flag.what')}>
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
            optional
            rows={4}
            defaultValue={typed(values, 'note')}
            error={errors.note}
            help={say('flag.note.help')}
          />
          <div className="btns">
            <Button variant="primary">{say('flag.submit')}</Button>
            <ButtonLink variant="quiet" to={place}>
              {say('flag.back')}
            </ButtonLink>
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}
