import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { lookForArranged } from '~/server/standing'
import { LookInput } from '~/server/standing/input'

export const loader = load(() => redirect(paths.votingReport()))

export const action = act(LookInput, async ({ viewer }) => {
  await lookForArranged(viewer)
  return redirect(paths.votingReport())
})

export default RefusedButton
