import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { stepDown } from '~/server/communities'
import { DutyEndInput } from '~/server/communities/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.duties())
})

export const action = act(DutyEndInput, async ({ viewer }) => {
  await stepDown(personOf(viewer), null)
  return redirect(paths.duties())
})

export default RefusedButton
