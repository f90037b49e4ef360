import { redirect } from '@remix-run/node'
import { act, load, personOf, type Asking } from '~/app/http.server'
import { paths } from '~/app/paths'
import { filesFor, takesFiles } from '~/server/attachments'
import { UploadInput } from '~/server/attachments/input'
import { NotFound } from '~/server/errors'

export const loader = load(() => redirect(paths.home()))

const placeOf = ({ params }: Pick<Asking, 'params'>) => {
  if (!takesFiles(params.kind)) throw new NotFound()
  return { kind: params.kind, subjectId: params.id }
}

/** A file that was pasted, dropped or chosen while somebody writes. */
export const action = act(
  UploadInput,
  async ({ viewer, params, input }) => {
    if (viewer.kind === 'visitor') return Response.json({ refused: 'files.signedOut' }, { status: 403 })
    const kept = await filesFor(personOf(viewer), placeOf({ params }))
    return Response.json({ files: kept.filter(({ id }) => input.files?.includes(id)) })
  },
  placeOf,
)
