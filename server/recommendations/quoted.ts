import { and, desc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { products, quotedRecommendations as quotes } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { renderMarkdown } from '~/server/platform/markdown'

const QUOTED_A_PAGE = 20

export type Quoted = Awaited<ReturnType<typeof quotedOf>>['quoted'][number]

/** What was said elsewhere of a vendor’s products, newest first. It is in no score. */
export async function quotedOf(vendorId: string, cursor: string | null = null) {
  const [beforeAt, beforeId] = cursorFrom(cursor)
  const further = beforeAt ? sql`(${quotes.writtenAt}, ${quotes.id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)` : undefined
  const found = await db
    .select({
      id: quotes.id,
      product: { slug: products.slug, name: products.name },
      handleId: quotes.handleId,
      source: quotes.source,
      sourceUrl: quotes.sourceUrl,
      licence: quotes.licence,
      rating: quotes.rating,
      ratingScale: quotes.ratingScale,
      title: quotes.title,
      body: quotes.body,
      whatIsGood: quotes.whatIsGood,
      whatIsNot: quotes.whatIsNot,
      advice: quotes.advice,
      reply: quotes.reply,
      about: quotes.about,
      writtenAt: quotes.writtenAt,
      datedBy: quotes.datedBy,
    })
    .from(quotes)
    .innerJoin(products, eq(products.id, quotes.productId))
    .where(and(eq(quotes.vendorId, vendorId), further))
    .orderBy(desc(quotes.writtenAt), desc(quotes.id))
    .limit(QUOTED_A_PAGE + 1)
  const page = found.slice(0, QUOTED_A_PAGE)
  const names = await handlesShown(page.map(({ handleId }) => handleId))
  const last = page.at(-1)
  return {
    quoted: page.map(({ handleId, body, ...quote }) => ({ ...quote, html: renderMarkdown(body), by: names.get(handleId) ?? null })),
    older: found.length > QUOTED_A_PAGE && last ? `${last.writtenAt.toISOString()}_${last.id}` : null,
  }
}

function cursorFrom(cursor: string | null): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : []
}
