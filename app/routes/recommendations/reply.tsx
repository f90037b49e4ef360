import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReplyForm } from '~/app/components/recommendations'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { replyPage, replyToRecommendation } from '~/server/recommendations'
import { ReplyInput } from '~/server/recommendations/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('recommendation.reply.title') }) }]

export const loader = load(({ viewer, params }) => replyPage(viewer, params.id))

export const action = act(ReplyInput, async ({ viewer, params, input }) => {
  await replyToRecommendation(viewer, params.id, input)
  return redirect(paths.recommendation(params.id))
})

export default function ReplyScreen() {
  const it = useLoaderData<typeof loader>()
  return <ReplyForm recommendation={it} title={say('recommendation.reply.title')} submit={say('recommendation.reply.submit')} />
}
