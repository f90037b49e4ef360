import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReplyForm } from '~/app/components/recommendations'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { editReply, editReplyPage } from '~/server/recommendations'
import { ReplyInput } from '~/server/recommendations/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('recommendation.reply.edit.title') }) }]

export const loader = load(({ viewer, params }) => editReplyPage(viewer, params.id))

export const action = act(ReplyInput, async ({ viewer, params, input }) => {
  await editReply(viewer, params.id, input)
  return redirect(paths.recommendation(params.id))
})

export default function EditReplyScreen() {
  const it = useLoaderData<typeof loader>()
  return (
    <ReplyForm
      recommendation={it}
      title={say('recommendation.reply.edit.title')}
      submit={say('recommendation.reply.edit.submit')}
      markdown={it.markdown}
    />
  )
}
