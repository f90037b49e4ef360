import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { restoreEarlier } from '~/server/governance'
import { EarlierInput } from '~/server/governance/input'

export const loader = load(({ params }) => redirect(paths.fieldValue(params.id, params.kind, params.key)))

export const action = act(EarlierInput, async ({ viewer, params, input }) => {
  await restoreEarlier(personOf(viewer), params.id, params.kind, params.key, input)
  return redirect(paths.fieldValue(params.id, params.kind, params.key))
})

export default function EarlierValue() {
  return null
}
