import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { appeal, appealPage } from '~/server/moderation'
import { AppealInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('appeal.title') }) }]

export const loader = load(async ({ viewer, params }) => ({
  ...(await appealPage(viewer, params.id)),
  draft: await draftFor(viewer, 'appeal', params.id),
}))

export const action = act(AppealInput, async ({ viewer, params, input }) => {
  await appeal(viewer, params.id, input)
  return redirect(`${paths.decision(params.id)}#appeal`)
})

export default function AppealScreen() {
  const { decisionId, act: done, subjectKind, appealUntil, draft } = useLoaderData<typeof loader>()
  const { errors, values } = useForm(draft)
  return (
    <Wrap>
      <PageHead
        title={say('appeal.title')}
        lede={say('appeal.lede')}
        crumbs={[{ to: paths.decision(decisionId), label: say(`moderation.done.${done}`, { what: subjectKind }) }]}
      />
      <div className="grid max-w-[46rem] gap-6">
        <DraftNote draft={draft} />
        <ErrorSummary errors={errors} labels={{ body: say('appeal.words') }} />
        <PostForm className="grid gap-6" action={paths.appeal(decisionId)} key={formOf(draft)}>
          <TextArea
            label={say('appeal.words')}
            name="body"
            rows={9}
            required
            maxLength={4000}
            defaultValue={typed(values, 'body')}
            error={errors.body}
            help={say('appeal.words.help')}
          />
          {appealUntil ? <p className="meta">{say('appeal.until', { day: sayDay(appealUntil) })}</p> : null}
          <div className="btns">
            <Button variant="primary">{say('appeal.send')}</Button>
            <ButtonLink variant="quiet" to={paths.decision(decisionId)}>
              {say('appeal.back')}
            </ButtonLink>
          </div>
          <DraftKeeper draft={draft} values={values} />
        </PostForm>
      </div>
    </Wrap>
  )
}
