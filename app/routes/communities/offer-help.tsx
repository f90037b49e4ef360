import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { offerToHelp } from '~/server/communities'
import { DutyInput } from '~/server/communities/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.duties())
})

export const action = act(DutyInput, async ({ viewer, params, input }) => {
  await offerToHelp(personOf(viewer), params.slug, input.would === 'yes')
  return redirect(paths.duties())
})

export default RefusedButton
