import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'

export const loader = load(({ params }) => redirect(paths.draft(params.kind, params.id)))

/** Sent by the form itself while somebody types. */
export const action = act(DraftInput, async ({ viewer, params, input }) =>
  Response.json(await keepDraft(viewer, params.kind, params.id, input, true)),
)
