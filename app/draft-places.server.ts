import type { DraftKind } from '~/server/drafts/types'
import { placesOfRecommending } from '~/server/recommendations'
import { placesOfWriting } from '~/server/threads'
import type { Viewer } from '~/server/viewer'

/** Where each draft continues; nowhere, once its writer may no longer read what it was written for. */
export async function draftPlaces(viewer: Viewer, drafts: { kind: DraftKind; subjectId: string }[]) {
  const [written, recommended] = await Promise.all([placesOfWriting(viewer, drafts), placesOfRecommending(viewer, drafts)])
  return (subjectId: string) => written.get(subjectId) ?? recommended.get(subjectId) ?? null
}
