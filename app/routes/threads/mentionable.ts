import { load } from '~/app/http.server'
import { DraftKindInput } from '~/server/drafts/types'
import { NotFound } from '~/server/errors'
import { mentionable } from '~/server/threads'

/** Asked for by a field while somebody types a name after an `@`. */
export const loader = load(async ({ viewer, params, url }) => {
  const kind = DraftKindInput.safeParse(params.kind)
  if (!kind.success) throw new NotFound()
  return Response.json({ people: await mentionable(viewer, kind.data, params.id, url.searchParams.get('q') ?? '') })
})
