import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { foundAnswer } from '~/server/search'
import { AnswerFoundInput } from '~/server/search/input'
import { threadAddress, threadIdOf } from '~/server/threads'

export const loader = load(async ({ viewer, params }) => {
  const { slug, number } = await threadAddress(viewer, params.number)
  return redirect(paths.thread(slug, number))
})

export const action = act(AnswerFoundInput, async ({ viewer, params, input, from }) => {
  const thread = await foundAnswer(viewer, await threadIdOf(params.number), from)
  return redirect(paths.answered(/^[a-z0-9-]+$/.test(input.room ?? '') ? (input.room ?? thread.slug) : thread.slug, thread.number))
})

export default RefusedButton
