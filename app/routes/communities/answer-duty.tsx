import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acceptDuty, declineDuty } from '~/server/communities'
import { DutyAnswerInput } from '~/server/communities/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.duties())
})

export const action = act(DutyAnswerInput, async ({ viewer, params, input }) => {
  await (input.answer === 'accept' ? acceptDuty : declineDuty)(personOf(viewer), params.id)
  return redirect(paths.duties())
})

export default RefusedButton
