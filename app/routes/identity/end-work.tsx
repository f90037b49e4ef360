import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endWork } from '~/server/identity'
import { WorkEndInput } from '~/server/identity/input'

export const loader = load(({ params }) => redirect(paths.contactPage(params.slug, params.id)))

export const action = act(WorkEndInput, async ({ viewer, params, input }) => {
  await endWork(personOf(viewer), params.slug, params.id, params.key, input)
  return redirect(paths.contactPage(params.slug, params.id))
})
