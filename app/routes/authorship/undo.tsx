import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { undoAuthorship } from '~/server/authorship'
import { ReasonInput } from '~/server/authorship/input'

export const loader = load(() => redirect(paths.communities()))

export const action = act(ReasonInput, async ({ viewer, params, input }) => {
  const { importedId } = await undoAuthorship(viewer, params.id, input.reason)
  return redirect(paths.imported(importedId))
})

export default RefusedButton
