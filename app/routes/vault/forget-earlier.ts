import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { forgetEarlier } from '~/server/vault'
import { NothingInput } from '~/server/vault/input'

export const loader = load(({ params }) => redirect(paths.attribute(params.key ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await forgetEarlier(personOf(viewer), params.key ?? '')
  return redirect(paths.attribute(params.key ?? ''))
})
