import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { recordCorrected } from '~/server/vault'
import { NothingInput } from '~/server/vault/input'

export const loader = load(() => redirect(paths.home()))

export const action = act(NothingInput, async ({ viewer, params }) =>
  redirect(`${paths.owed(await recordCorrected(personOf(viewer), params.id))}#corrections`),
)

export default function RecordCorrected() {
  return null
}
