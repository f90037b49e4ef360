import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nextStep, passStep } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.welcome()))

export const action = act(ButtonInput, async ({ viewer, params }) =>
  redirect(paths.welcomeStep(nextStep(await passStep(personOf(viewer), params.name)))),
)

export default function SkipWelcomeStep() {
  return null
}
