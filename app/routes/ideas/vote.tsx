import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { VotePanel } from '~/app/components/ideas'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { ideaVotePage, voteForIdea } from '~/server/ideas'
import { VoteForIdeaInput } from '~/server/ideas/input'
import { threadIdOf } from '~/server/threads'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => ideaVotePage(viewer, params.number))

export const action = act(VoteForIdeaInput, async ({ viewer, params, input }) => {
  const { slug, number, title } = await voteForIdea(viewer, await threadIdOf(params.number), input)
  return redirect(safeNext(input.next, `${paths.thread(slug, number, title)}#want`))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('idea.want.title') }) }]

export default function VoteForIdeaScreen() {
  const { slug, number, title, ...panel } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={title} crumbs={[{ to: paths.ideas(slug), label: say('idea.title') }]} />
      <div className="max-w-[720px]">
        <VotePanel number={number} {...panel} />
      </div>
    </Wrap>
  )
}
