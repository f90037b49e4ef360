import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContestAnswerForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerContest, recordHead } from '~/server/relationships'
import { ContestAnswerInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.contested') }) }]

export const loader = load(async ({ viewer, params }) => ({
  ...(await recordHead(personOf(viewer), params.id ?? '')),
  contestId: params.contest ?? '',
}))

export const action = act(ContestAnswerInput, async ({ viewer, params, input }) => {
  await answerContest(personOf(viewer), params.id ?? '', params.contest ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function AnswerContestScreen() {
  const page = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('relationships.contested')}
      />
      <div className="max-w-[36rem]">
        <ContestAnswerForm relationshipId={page.id} contestId={page.contestId} />
      </div>
    </Wrap>
  )
}
