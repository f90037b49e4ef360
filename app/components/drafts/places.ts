import { paths } from '~/app/paths'
import type { DraftKind } from '~/server/drafts/types'

type Place = { subjectId: string; slug: string; number?: number | null }

/** The page on which a draft continues. */
export function continues(kind: DraftKind, { subjectId, slug, number }: Place, query = ''): string {
  const at: Record<DraftKind, () => string> = {
    ask: () => paths.ask(slug) + query,
    idea: () => paths.proposeIdea(slug) + query,
    answer: () => `${paths.thread(slug, number ?? 0)}${query}#reply`,
    comment: () => paths.commentOn(subjectId) + query,
    edit: () => paths.editPost(subjectId) + query,
    suggestion: () => paths.suggestEdit(subjectId) + query,
    recommendation: () => paths.recommend(slug),
    'recommendation-edit': () => paths.editRecommendation(subjectId),
    case: () => paths.openCase(number ?? 0) + query,
    'case-message': () => `${paths.caseOf(subjectId)}${query}#reply`,
    'case-answer': () => paths.answerBack(subjectId) + query,
    'case-note': () => paths.noteOnCase(subjectId) + query,
    appeal: () => paths.appeal(subjectId),
  }
  return at[kind]()
}
