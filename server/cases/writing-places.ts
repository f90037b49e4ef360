import { inArray } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { cases } from '~/db/schema'
import type { DraftKind } from '~/server/drafts/types'
import { placesOfWriting } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { casesFrom, questionIsOpen } from './facts'

const WITHIN: DraftKind[] = ['case-message', 'case-answer', 'case-note']

type Place = { subjectId: string; slug: string; number: number; title: string }

/** Where what somebody writes belongs: a question to be continued privately, or a case of theirs. */
export async function placesOfCases(viewer: Viewer, wanted: { kind: DraftKind; subjectId: string }[]): Promise<Map<string, Place>> {
  const openings = wanted.filter(({ kind }) => kind === 'case').map(({ subjectId }) => ({ kind: 'answer' as const, subjectId }))
  const within = wanted.filter(({ kind }) => WITHIN.includes(kind)).map(({ subjectId }) => subjectId)
  const [questions, found] = await Promise.all([
    placesOfWriting(viewer, openings),
    within.length > 0 ? transaction(viewer, (tx) => casesFrom(tx, {}).where(inArray(cases.id, within))) : [],
  ])
  return new Map([
    ...[...questions.values()].map((place): [string, Place] => [place.subjectId, { ...place, number: place.number ?? 0 }]),
    ...found.map((it): [string, Place] => [
      it.caseId,
      { subjectId: it.caseId, slug: it.slug, number: it.number, title: questionIsOpen(viewer, it) ? it.title : it.vendorName },
    ]),
  ])
}
