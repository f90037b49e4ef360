import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endRequirement } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.operateSecondStep()))

export const action = act(ButtonInput, async ({ viewer }) => {
  await endRequirement(viewer)
  return redirect(paths.operateSecondStep())
})

export default function EndSecondStepRule() {
  return null
}
