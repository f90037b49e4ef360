import { randomBytes } from 'node:crypto'
import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { attachments } from '~/db/schema'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { storage } from '~/server/platform/storage'
import { codePoints, foldedLine } from '~/server/platform/text'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { kindOfFile, shownName } from './kinds'
import { drawnAnew, type Picture } from './pictures'
import { LARGEST_FILE_MEGABYTES, LONGEST_DESCRIPTION, MOST_EVIDENCE, MOST_FILES } from './rules'
import { TAKES_FILES, type FilePlace, type FileShown, type TakesFiles } from './types'

type Given = { name: string; bytes: Buffer | null; description?: string }
type Kept = { bytes: Buffer; picture: Picture | null; name: string }

// An upload leaves no event: until it is posted it is nobody's business but its uploader's. Nor is its place looked up, as with drafts.

/** Keeps a file for a text that is being written; whoever posts the text posts it along. */
export async function keepFile(viewer: Viewer, place: FilePlace, given: Given): Promise<FileShown> {
  authorize(viewer, 'file.keep', null)
  const { personId } = uploader(viewer)
  if (!isId(place.subjectId)) throw new NotFound()
  const name = shownName(given.name)
  const description = foldedLine(given.description ?? '')
  if (codePoints(description) > LONGEST_DESCRIPTION) throw new Invalid({ attachAlt: `tooLong:${LONGEST_DESCRIPTION}` })
  if (given.bytes === null) throw new Invalid({ attach: `files.tooLarge:${LARGEST_FILE_MEGABYTES}` })
  if (given.bytes.length === 0) throw new Invalid({ attach: 'files.empty' })
  await countAgainst('upload', personId)
  await transaction(viewer, (tx) => roomFor(tx, personId, place))
  const { bytes, picture, ...kept } = await madeSafe(name, given.bytes, personId)
  if (place.kind === 'evidence' && !picture && !/\.pdf$/i.test(name)) throw new Invalid({ attach: 'evidence.notTaken' })
  const { width, height } = picture ?? { width: null, height: null }
  const storageKey = randomBytes(20).toString('hex')
  const row = {
    id: newId(),
    ...kept,
    description: picture ? description : '',
    bytes: bytes.length,
    width,
    height,
    small: Boolean(picture?.small),
  }
  // Kept before the row says so: a row without a file is a promise broken, a file without a row is swept.
  await storage().put(storageKey, bytes)
  if (picture?.small) await storage().put(smallKey(storageKey), picture.small)
  await transaction(viewer, async (tx) => {
    await roomFor(tx, personId, place)
    await tx.insert(attachments).values({ ...row, personId, ...place, storageKey, createdAt: now() })
  })
  return row
}

/** Gone at once, with what was kept of it. */
export async function removeFile(viewer: Viewer, fileId: string): Promise<FilePlace> {
  authorize(viewer, 'draft.keep', null)
  return transaction(viewer, async (tx) => {
    const [file] = isId(fileId) ? await tx.select().from(attachments).where(eq(attachments.id, fileId)).for('update') : []
    if (!file || file.postId) throw new NotFound()
    mustBeFound(viewer, 'draft.view', file)
    await tx.delete(attachments).where(eq(attachments.id, fileId))
    return { kind: file.kind, subjectId: file.subjectId }
  })
}

export const smallKey = (key: string) => `${key}-small`

export function takesFiles(kind: string): kind is TakesFiles {
  return (TAKES_FILES as readonly string[]).includes(kind)
}

async function madeSafe(name: string, bytes: Buffer, personId: string): Promise<Kept> {
  if ((await kindOfFile(name, bytes)) === 'other') return { bytes, picture: null, name }
  const picture = await drawnAnew(bytes, personId)
  return { bytes: picture.full, picture, name: name.replace(/(\.[a-z0-9]{1,8})?$/i, '.webp') }
}

/** One upload of a person at a time looks and writes: ten at once are as right as one. */
async function roomFor(tx: Tx, personId: string, { kind, subjectId }: FilePlace) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`files:${personId}`}, 0))`)
  const [waiting] = await tx
    .select({ files: count() })
    .from(attachments)
    .where(
      and(eq(attachments.personId, personId), eq(attachments.kind, kind), eq(attachments.subjectId, subjectId), isNull(attachments.postId)),
    )
  const most = kind === 'evidence' ? MOST_EVIDENCE : MOST_FILES
  if ((waiting?.files ?? 0) >= most) throw new Invalid({ attach: `files.tooMany:${most}` })
}

function uploader(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return viewer
}
