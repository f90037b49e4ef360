import sharp, { type Sharp } from 'sharp'
import { Conflict, Invalid } from '~/server/errors'
import { LONGEST_SIDE, MOST_FRAMES, MOST_PIXELS, SMALL_WIDTH } from './rules'

sharp.cache(false)
sharp.concurrency(1)

export type Picture = { full: Buffer; small: Buffer | null; width: number; height: number }

const AT_ONCE = 2
const MOST_WAITING = 40
/** One person's pictures do not stand before everybody's. */
const MOST_OF_ONE = 4
const LONGEST_SECONDS = 20

/**
 * A picture drawn anew: turned as it was held, without anything that was written into it (place, camera, thumbnail), and within bounds.
 * What it claims to unfold to is looked at before it is unfolded.
 */
export async function drawnAnew(bytes: Uint8Array, of: string): Promise<Picture> {
  return inTurn(of, async () => {
    try {
      return await drawn(bytes)
    } catch (error) {
      if (error instanceof Invalid) throw error
      throw new Invalid({ attach: 'files.brokenPicture' })
    }
  })
}

async function drawn(bytes: Uint8Array): Promise<Picture> {
  const { width, height, pageHeight, pages = 1, format, hasAlpha } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata()
  const frameHeight = pageHeight ?? height
  if (pages > MOST_FRAMES) throw new Invalid({ attach: `files.tooManyFrames:${MOST_FRAMES}` })
  if (width * frameHeight * pages > MOST_PIXELS) throw new Invalid({ attach: `files.tooManyPixels:${MOST_PIXELS / 1_000_000}` })
  const moving = pages > 1
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: moving })
    .timeout({ seconds: LONGEST_SECONDS })
    .resize({ width: moving ? SMALL_WIDTH : LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
  // A drawing or a screenshot keeps its sharp edges; a photograph needs far less.
  const drawing = format === 'png' || hasAlpha
  const full = await written(
    moving ? image : image.autoOrient(),
    drawing && !moving ? { nearLossless: true, quality: 80, effort: 2 } : { quality: 86, effort: 3 },
  )
  const size = { width: full.info.width, height: full.info.pageHeight ?? full.info.height }
  if (moving || size.width <= SMALL_WIDTH) return { full: full.data, small: null, ...size }
  const small = await written(sharp(full.data).resize({ width: SMALL_WIDTH }), { quality: 82, effort: 3 })
  return { full: full.data, small: small.data, ...size }
}

const written = (image: Sharp, how: { nearLossless?: boolean; quality: number; effort: number }) =>
  image.webp(how).toBuffer({ resolveWithObject: true })

/* A few at a time: unfolded, a picture is two hundred megabytes. */
let running = 0
const waiting: { of: string; go: () => void }[] = []

async function inTurn<T>(of: string, work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    const own = waiting.filter((one) => one.of === of).length
    if (waiting.length >= MOST_WAITING || own >= MOST_OF_ONE) throw new Conflict('files.busy')
    await new Promise<void>((go) => waiting.push({ of, go }))
  }
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.go()
  }
}
