import { db, transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { picturesFor, takesFiles } from '~/server/attachments'
import { NotFound } from '~/server/errors'
import { renderMarkdown } from '~/server/platform/markdown'
import type { DraftKind } from '~/server/drafts/types'
import type { Viewer } from '~/server/viewer'
import { peopleMentioned } from './mentioning'
import { placesOfWriting } from './writing-places'

/** A text as it would be drawn there, by the same renderer; for whoever may read the place. */
export async function previewOf(viewer: Viewer, kind: DraftKind, subjectId: string, markdown: string): Promise<string> {
  if (!isId(subjectId)) throw new NotFound()
  const place = (await placesOfWriting(viewer, [{ kind, subjectId }])).get(subjectId)
  if (!place) throw new NotFound()
  const mentioned = await peopleMentioned(db, place.communityId, markdown)
  const post = kind === 'edit' || kind === 'suggestion' ? subjectId : null
  const pictures = await transaction(viewer, (tx) => picturesFor(tx, viewer, takesFiles(kind) ? { kind, subjectId } : null, post, markdown))
  return renderMarkdown(markdown, { mentioned: new Set(mentioned.map(({ name }) => name)), pictures })
}
