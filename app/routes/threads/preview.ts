import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { DraftKindInput } from '~/server/drafts/types'
import { NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { previewOf } from '~/server/threads'
import { PreviewInput } from '~/server/threads/input'

export const loader = load(() => redirect(paths.home()))

/** Asked for by the field while somebody writes. */
export const action = act(PreviewInput, async ({ viewer, params, input, from }) => {
  const kind = DraftKindInput.safeParse(params.kind)
  if (!kind.success) throw new NotFound()
  await countAgainst('preview', viewer.kind === 'person' ? viewer.personId : from)
  return Response.json({ html: await previewOf(viewer, kind.data, params.id, input.body ?? '') })
})
