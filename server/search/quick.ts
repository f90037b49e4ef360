import { isPlainText } from '~/server/platform/text'
import { threadsById } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { namedLike } from './named'
import { likest } from './similar'

const THREADS = 6
const NAMES = 4
const FEWEST_LETTERS = 2

/** A few places to go, for one who is still typing. */
export async function quickly(viewer: Viewer, typed: string) {
  const q = typed.trim().slice(0, 200)
  if (q.length < FEWEST_LETTERS || !isPlainText(q)) return { names: [], threads: [] }
  const [names, found] = await Promise.all([namedLike(viewer, q, NAMES), likest(viewer, q, { limit: THREADS })])
  const rows = await threadsById(
    viewer,
    found.map((hit) => hit.threadId),
  )
  const threads = found.flatMap(({ threadId }) => {
    const row = rows.get(threadId)
    return row
      ? [{ number: row.number, slug: row.slug, title: row.title, communityName: row.communityName, solved: row.state === 'solved' }]
      : []
  })
  return { names, threads }
}
