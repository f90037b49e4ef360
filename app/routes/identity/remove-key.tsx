import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { removeKey } from '~/server/identity'
import { NothingInput } from '~/server/identity/input'

export const loader = load(({ params }) => redirect(paths.contactPage(params.slug, params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await removeKey(personOf(viewer), params.slug, params.id, params.key)
  return redirect(paths.contactPage(params.slug, params.id))
})
