import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayProspect } from '~/server/communities'
import { ProspectInput } from '~/server/communities/input'

export const loader = load(({ params }) => redirect(paths.community(params.slug ?? '')))

export const action = act(ProspectInput, async ({ viewer, params, input }) => {
  await sayProspect(viewer, params.slug ?? '', input)
  return redirect(paths.community(params.slug ?? ''))
})

export default RefusedButton
