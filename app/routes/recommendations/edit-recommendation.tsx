import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { recommendationLabels, RecommendationFields } from '~/app/components/recommendations'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { editRecommendation, editRecommendationPage } from '~/server/recommendations'
import { EditRecommendationInput } from '~/server/recommendations/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('recommendation.edit.title') }) }]

export const loader = load(async ({ viewer, params }) => {
  const recommendation = await editRecommendationPage(viewer, params.id)
  return { ...recommendation, draft: await draftFor(viewer, 'recommendation-edit', params.id) }
})

export const action = act(EditRecommendationInput, async ({ viewer, params, input }) => {
  await editRecommendation(viewer, params.id, input)
  return redirect(paths.recommendation(params.id))
})

export default function EditRecommendationScreen() {
  const it = useLoaderData<typeof loader>()
  const { errors, values } = useForm(it.draft)
  const { headline, useCase, whatIsGood, whatIsNot, forWhom, timeUsed, chooseAgain, relation, incentive, invitedBy, organisation } = it
  const rated = Object.fromEntries(Object.entries(it.ratings).map(([name, value]) => [name, value === null ? '' : String(value)]))
  const held = {
    headline,
    useCase,
    whatIsGood,
    whatIsNot,
    forWhom,
    timeUsed,
    chooseAgain,
    relation,
    incentive,
    invitedBy,
    organisation,
    organisationSize: it.organisationSize ?? '',
    industry: it.industry ?? '',
    authorRole: it.authorRole ?? '',
    reference: it.willingAsReference ? 'on' : '',
    shownAs: it.named ? 'handle' : 'unnamed',
    verdict: String(it.verdict),
    ...rated,
  }
  return (
    <Wrap>
      <PageHead
        title={say('recommendation.edit.title')}
        lede={say('recommendation.edit.lede')}
        crumbs={[
          { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
          { to: paths.recommendation(it.id), label: it.product.name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={recommendationLabels()} />
        <DraftNote draft={it.draft} />
        <PostForm className="grid gap-6" key={formOf(it.draft)}>
          <RecommendationFields errors={errors} values={values} held={held} />
          <div className="btns">
            <Button variant="primary">{say('recommendation.edit.submit')}</Button>
            <ButtonLink variant="quiet" to={paths.recommendation(it.id)}>
              {say('ui.keepIt')}
            </ButtonLink>
          </div>
          <DraftKeeper draft={it.draft} values={values} />
        </PostForm>
      </div>
    </Wrap>
  )
}
