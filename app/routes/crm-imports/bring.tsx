import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { bringImport } from '~/server/crm-imports'
import { NothingInput } from '~/server/relationships/input'

export const loader = load(({ params }) => redirect(paths.importOf(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await bringImport(personOf(viewer), params.id)
  return redirect(paths.importOf(params.id))
})

export default function BringImportScreen() {
  return null
}
