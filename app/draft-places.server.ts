import type { DraftKind, DraftShown } from '~/server/drafts/types'
import { placesOfCases } from '~/server/cases'
import { placesOfRecommending } from '~/server/recommendations'
import { placesOfWriting, previewOf } from '~/server/threads'
import type { Viewer } from '~/server/viewer'

/** Where each draft continues; nowhere, once its writer may no longer read what it was written for. */
export async function draftPlaces(viewer: Viewer, drafts: { kind: DraftKind; subjectId: string }[]) {
  const [written, recommended, ofCases] = await Promise.all([
    placesOfWriting(viewer, drafts),
    placesOfRecommending(viewer, drafts),
    placesOfCases(viewer, drafts),
  ])
  return (subjectId: string) => written.get(subjectId) ?? recommended.get(subjectId) ?? ofCases.get(subjectId) ?? null
}

/** Without JavaScript a preview is the saved draft, drawn: `?preview` asks for it. */
export async function draftDrawn(viewer: Viewer, draft: DraftShown | null, url: URL): Promise<string | null> {
  const body = draft?.newest?.fields.body
  if (!draft || !body || !url.searchParams.has('preview')) return null
  return previewOf(viewer, draft.kind, draft.subjectId, body)
}
