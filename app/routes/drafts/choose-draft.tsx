import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { chooseDraft } from '~/server/drafts'
import { DraftButtonInput } from '~/server/drafts/input'

export const loader = load(() => redirect(paths.drafts()))

export const action = act(DraftButtonInput, async ({ viewer, params, input }) => {
  const draft = await chooseDraft(viewer, params.id)
  return redirect(safeNext(input.next, paths.draft(draft.kind, draft.subjectId)))
})

export default RefusedButton
