import { and, eq } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import satori from 'satori'
import sharp from 'sharp'
import { db } from '~/db/client'
import { communities, threads } from '~/db/schema'
import { networkOf } from '~/server/accounts'
import { NotFound, TooMany } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { plainly } from '~/server/platform/manner'
import { visibleTo } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { say } from '~/words'

/** What others show of a link: title, room, and how the thread stands. */
type Told = { title: string; room: string; state: string; solved: boolean }

export const PICTURE = { width: 1200, height: 630 }
const MOST_KEPT = 200
const MOST_WAITING = 8

/** The picture of a thread as a PNG, of what a visitor may read and of nothing else; null where the letters of its title are not ours to draw. */
export async function threadPicture(number: string, from: string): Promise<Buffer | null> {
  if (!/^[1-9]\d{0,14}$/.test(number)) throw new NotFound()
  const [thread] = await db
    .select({
      title: threads.title,
      kind: threads.kind,
      room: communities.name,
      answers: threads.answerCount,
      acceptedPostId: threads.acceptedPostId,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(eq(threads.number, Number(number)), visibleTo(visitor)))
  if (!thread) throw new NotFound()
  const { title, room, kind, answers, acceptedPostId } = thread
  if (!DRAWABLE.test(title) || !DRAWABLE.test(room)) return null
  const solved = kind === 'question' && acceptedPostId !== null
  return plainly(() => {
    const state =
      kind === 'idea' ? say('idea.one') : solved ? say('thread.state.solved') : say('publishing.picture.answers', { count: answers })
    return drawnOnce({ title, room, state, solved }, from)
  })
}

/** The scripts of our typefaces. Others would come out as boxes. */
const DRAWABLE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\p{M}\p{Sm}\p{Sc}]+$/u

/* The same words make the same picture: the newest are kept, each is drawn by one, and one at a time. */
const kept = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()
let waiting = 0

async function drawnOnce(told: Told, from: string): Promise<Buffer> {
  const key = createHash('sha256').update(JSON.stringify(told)).digest('base64url')
  const known = kept.get(key)
  if (known) return known
  await countAgainst('draw-picture', networkOf(from))
  const meanwhile = kept.get(key)
  if (meanwhile) return meanwhile
  if (waiting >= MOST_WAITING) throw new TooMany(5)
  waiting += 1
  const picture = last.then(() => draw(told)).finally(() => (waiting -= 1))
  last = picture.catch(() => null)
  kept.set(key, picture)
  picture.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return picture
}

type Box = { type: string; props: Record<string, unknown> & { children?: (Box | string)[] } }
const box = (style: Record<string, unknown>, ...children: (Box | string)[]): Box => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, children },
})

const [PAPER, INK, FAINT, HAIRLINE, MEMBER, VENDOR, SUCCESS] = ['#faf9f5', '#1c1a17', '#6b665d', '#e2ded4', '#2e8f88', '#bd701a', '#326a1e']

async function draw({ title, room, state, solved }: Told): Promise<Buffer> {
  const size = title.length > 90 ? 52 : title.length > 50 ? 62 : 74
  const page = box(
    {
      boxSizing: 'border-box',
      width: '100%',
      height: '100%',
      flexDirection: 'column',
      justifyContent: 'space-between',
      background: PAPER,
      color: INK,
      padding: 72,
    },
    box({ fontFamily: SANS, fontSize: 32, color: FAINT }, shortened(room, 60)),
    box({ fontFamily: SERIF, fontSize: size, lineHeight: 1.15, letterSpacing: '-0.01em' }, shortened(title, 150)),
    box(
      {
        justifyContent: 'space-between',
        alignItems: 'center',
        borderTop: `2px solid ${HAIRLINE}`,
        paddingTop: 32,
        fontFamily: SANS,
        fontSize: 32,
      },
      box({ color: solved ? SUCCESS : FAINT }, state),
      box(
        { alignItems: 'center', gap: 16, fontFamily: SERIF, fontSize: 40 },
        box({ width: 20, height: 40, background: MEMBER, borderRadius: '40px 0 0 40px' }),
        box({ width: 3, height: 52, background: INK, marginLeft: -10 }),
        box({ width: 20, height: 40, background: VENDOR, borderRadius: '0 40px 40px 0', marginLeft: -10 }),
        say('ui.brand'),
      ),
    ),
  )
  const svg = await satori(page as never, { ...PICTURE, fonts: await typefaces() })
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer()
}

const SERIF = 'serif, serif-ext, serif-greek, serif-cyrillic, serif-vietnamese'
const SANS = 'sans, sans-ext, sans-greek, sans-cyrillic, sans-vietnamese'
const SUBSETS = { '': 'latin', '-ext': 'latin-ext', '-greek': 'greek', '-cyrillic': 'cyrillic', '-vietnamese': 'vietnamese' }

type Typeface = { name: string; data: Buffer; weight: 400 | 600; style: 'normal' }
let read: Promise<Typeface[]> | undefined
const typefaces = () => (read ??= readTypefaces())

function readTypefaces(): Promise<Typeface[]> {
  const { resolve } = createRequire(import.meta.url)
  const of = async (family: string, name: string, weight: 400 | 600, [end, subset]: [string, string]) => ({
    name: `${name}${end}`,
    data: await readFile(resolve(`@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff`)),
    weight,
    style: 'normal' as const,
  })
  return Promise.all(Object.entries(SUBSETS).flatMap((part) => [of('source-serif-4', 'serif', 600, part), of('inter', 'sans', 400, part)]))
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).toWellFormed()}…`
}
