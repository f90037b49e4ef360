import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { withdrawAuthorship } from '~/server/authorship'
import { ButtonInput } from '~/server/authorship/input'

export const loader = load(({ params }) => redirect(paths.imported(params.id)))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  await withdrawAuthorship(viewer, params.id)
  return redirect(paths.imported(params.id))
})

export default RefusedButton
