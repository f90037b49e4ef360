import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { pollIdOf, threadAddress, voteInPoll } from '~/server/threads'
import { PollVoteInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { slug, number } = await threadAddress(viewer, params.number)
  return redirect(paths.thread(slug, number))
})

export const action = act(PollVoteInput, async ({ viewer, params, input }) => {
  const { slug, number, pollNumber } = await voteInPoll(viewer, await pollIdOf(params.number ?? ''), input)
  return redirect(`${paths.thread(slug, number)}#poll-${pollNumber}`)
})

export default RefusedButton
