import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acknowledgeErasure } from '~/server/erasure'
import { NothingInput } from '~/server/erasure/input'

export const loader = load(() => redirect(paths.home()))

export const action = act(NothingInput, async ({ viewer, params }) =>
  redirect(`${paths.owed(await acknowledgeErasure(personOf(viewer), params.id))}#erasures`),
)

export default function AcknowledgeErasure() {
  return null
}
