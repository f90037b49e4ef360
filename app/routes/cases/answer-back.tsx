import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { caseHead, proposeAnswer } from '~/server/cases'
import { AnswerBackInput } from '~/server/cases/input'
import { draftFor } from '~/server/drafts'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => {
  const head = await caseHead(personOf(viewer), params.id)
  return { ...head, draft: await draftFor(viewer, 'case-answer', head.caseId) }
})

export const action = act(AnswerBackInput, async ({ viewer, params, input }) => {
  await proposeAnswer(personOf(viewer), params.id, input)
  return redirect(`${paths.caseOf(params.id)}#answer`)
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('case.back.title') }) }, { name: 'robots', content: 'noindex' }]

export default function AnswerBackScreen() {
  const { caseId, standsIn, title, asker: name, draft } = useLoaderData<typeof loader>()
  const { errors, values } = useForm(draft)
  const label = say('case.back.body')
  return (
    <Wrap>
      <PageHead
        title={say('case.back.title')}
        lede={say('case.back.lede', { name })}
        crumbs={[{ to: paths.caseOf(caseId), label: title ?? say('case.one') }]}
      />
      <div className="max-w-[46rem]">
        <DraftNote draft={draft} />
        <PostForm action={paths.answerBack(caseId)} key={formOf(draft)} className="grid gap-5">
          <ErrorSummary errors={errors} labels={{ body: label }} />
          <MarkdownField
            label={label}
            name="body"
            place={{ kind: 'answer', subjectId: standsIn }}
            rows={8}
            required
            maxLength={30_000}
            defaultValue={typed(values, 'body')}
            error={errors.body}
          />
          <div className="btns">
            <Button variant="primary">{say('case.back.send', { name })}</Button>
            <ButtonLink variant="quiet" to={paths.caseOf(caseId)}>
              {say('ui.keepIt')}
            </ButtonLink>
          </div>
          <DraftKeeper draft={draft} values={values} />
        </PostForm>
      </div>
    </Wrap>
  )
}
