import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { removeFile } from '~/server/attachments'
import { RemoveFileInput } from '~/server/attachments/input'

export const loader = load(() => redirect(paths.drafts()))

export const action = act(RemoveFileInput, async ({ viewer, params, input }) => {
  const { kind, subjectId } = await removeFile(viewer, params.id)
  return redirect(safeNext(input.next, paths.draft(kind, subjectId)))
})

export default RefusedButton
