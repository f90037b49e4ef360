import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { unmerge } from '~/server/identity'
import { NothingInput } from '~/server/identity/input'

export const loader = load(({ params }) => redirect(paths.recordMerges(params.slug)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await unmerge(personOf(viewer), params.slug, params.id)
  return redirect(paths.recordMerges(params.slug))
})
