import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { refuseAuthorship } from '~/server/authorship'
import { ReasonInput } from '~/server/authorship/input'

export const loader = load(() => redirect(paths.communities()))

export const action = act(ReasonInput, async ({ viewer, params, input }) => {
  const { slug } = await refuseAuthorship(viewer, params.id, input.reason)
  return redirect(paths.authorship(slug))
})

export default RefusedButton
