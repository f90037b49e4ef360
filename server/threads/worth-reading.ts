import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client'
import { communities, posts, threads } from '~/db/schema'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { nobody } from './thread-list'
import { visibleTo } from './visibility'

/** Among how many of the solved questions last active the best is looked for. */
const LOOKED_AT = 100

/** One solved question with its accepted answer, the most helpful of late that the viewer may read; `named` once the names of its handles are known. */
export async function questionWorthReading(viewer: Viewer) {
  const opening = alias(posts, 'opening')
  const answer = alias(posts, 'answer')
  const lately = await db
    .select({
      number: threads.number,
      slug: communities.slug,
      communityName: communities.name,
      title: threads.title,
      answerCount: threads.answerCount,
      createdAt: threads.createdAt,
      askerId: threads.handleId,
      questionHtml: opening.html,
      answererId: answer.handleId,
      answerHtml: answer.html,
      score: answer.score,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .innerJoin(opening, and(eq(opening.threadId, threads.id), eq(opening.kind, 'opening')))
    .innerJoin(answer, eq(answer.id, threads.acceptedPostId))
    .where(
      and(
        visibleTo(viewer),
        isNotNull(threads.acceptedPostId),
        isNull(threads.hiddenByDecisionId),
        isNull(answer.hiddenByDecisionId),
        eq(threads.kind, 'question'),
      ),
    )
    .orderBy(desc(threads.activeAt))
    .limit(LOOKED_AT)
  const [best] = lately.toSorted((a, b) => b.score - a.score || b.createdAt.getTime() - a.createdAt.getTime())
  if (!best) return null
  const { askerId, answererId, score: _, ...question } = best
  return {
    handles: [askerId, answererId],
    named: (names: Map<string, HandleInfo>) => ({
      ...question,
      questionHtml: firstParagraph(question.questionHtml),
      answerHtml: firstParagraph(question.answerHtml),
      asker: names.get(askerId) ?? nobody,
      answerer: names.get(answererId) ?? nobody,
    }),
  }
}

/** Enough to decide whether to read on. What was made safe stays safe: a paragraph holds no other. */
function firstParagraph(html: string): string {
  return /<p>[\s\S]*?<\/p>/.exec(html)?.[0] ?? ''
}
