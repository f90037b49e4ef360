import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { hearAsIn } from '~/app/told.server'
import { undoArchive } from '~/server/portability'
import { NothingInput } from '~/server/portability/input'

export const loader = load(({ params }) => redirect(paths.broughtAlong(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  const me = personOf(viewer)
  const { left, settings } = await undoArchive(me, params.id)
  if (settings) await hearAsIn(me, settings)
  return redirect(`${paths.bringAlong()}?undone=${left}`)
})

export default function UndoBrought() {
  return null
}
