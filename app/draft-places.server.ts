import type { DraftKind, DraftShown } from '~/server/drafts/types'
import { placesOfCases } from '~/server/cases'
import { placesOfAppealing } from '~/server/moderation'
import { placesOfRecommending } from '~/server/recommendations'
import { placesOfWriting, previewOf } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { say } from '~/words'

/** Where each draft continues; nowhere, once its writer may no longer read what it was written for. */
export async function draftPlaces(viewer: Viewer, drafts: { kind: DraftKind; subjectId: string }[]) {
  const [written, recommended, ofCases, contested] = await Promise.all([
    placesOfWriting(viewer, drafts),
    placesOfRecommending(viewer, drafts),
    placesOfCases(viewer, drafts),
    placesOfAppealing(viewer, drafts),
  ])
  const appealed = (subjectId: string) => {
    const found = contested.get(subjectId)
    return found ? { subjectId, slug: '', title: say(`moderation.done.${found.act}`, { what: found.subjectKind }) } : null
  }
  return (subjectId: string) => written.get(subjectId) ?? recommended.get(subjectId) ?? ofCases.get(subjectId) ?? appealed(subjectId)
}

/** Without JavaScript a preview is the saved draft, drawn: `?preview` asks for it. */
export async function draftDrawn(viewer: Viewer, draft: DraftShown | null, url: URL): Promise<string | null> {
  const body = draft?.newest?.fields.body
  if (!draft || !body || !url.searchParams.has('preview')) return null
  return previewOf(viewer, draft.kind, draft.subjectId, body)
}
