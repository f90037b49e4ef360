import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acceptAuthorship } from '~/server/authorship'
import { ButtonInput } from '~/server/authorship/input'

export const loader = load(() => redirect(paths.communities()))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  const { slug } = await acceptAuthorship(viewer, params.id)
  return redirect(paths.authorship(slug))
})

export default RefusedButton
