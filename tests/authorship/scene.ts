import { and, eq } from 'drizzle-orm'
import { authorshipRequests, communities, communityModerators, handles, importKeys, posts, threads } from '~/db/schema'
import type { BroughtAddress } from '~/server/authorship'
import { importCommunity, type ImportSet } from '~/server/imports'
import { systemViewer } from '~/server/viewer'
import { aMember, asViewer, owner, unique } from '../support/cast'
import { communityRow, threadRow } from '../threads/scene'

const SOURCE = 'support.elsewhere.example'
const at = (day: number) => new Date(Date.UTC(2019, 2, day))

const post = (sourceId: string, authorId: string, markdown: string, day: number) => ({
  sourceId,
  authorId,
  body: { markdown },
  createdAt: at(day),
  editedAt: null,
  tally: { up: 4, down: 1 },
  spam: false,
  sourceUrl: `https://${SOURCE}/${sourceId}`,
  licence: 'CC BY-SA 3.0',
  meta: {},
  comments: [],
})

/** A room of a foreign site: @next asked twice and answered once, somebody else answered, and @next accepted that. */
function aSet(address?: BroughtAddress, more = false): ImportSet {
  const author = (sourceId: string) => ({ sourceId, displayName: sourceId, aboutHtml: '', sourceUrl: null, createdAt: null })
  const thread = (sourceId: string, authorId: string, answers: ReturnType<typeof post>[] = [], accepted: string | null = null) => ({
    sourceId,
    title: `What does ${sourceId} mean?`,
    opening: post(sourceId, authorId, 'I do not know.', 1),
    answers,
    accepted: accepted ? { answerId: accepted, byAuthorId: authorId, at: at(3) } : null,
    tags: [],
    locked: false,
    activeAt: at(2),
    meta: {},
  })
  return {
    format: 'stackexchange',
    source: SOURCE,
    sourceUrl: `https://${SOURCE}`,
    licence: 'CC BY-SA 3.0',
    authors: new Map([
      ['@next', { ...author('@next'), ...(address ? { address } : {}) }],
      ['old hand', author('old hand')],
    ]),
    threads: [
      thread('q1', '@next', [post('a1', 'old hand', 'This.', 2)], 'a1'),
      thread('q2', '@next'),
      thread('q3', 'old hand', [post('a3', '@next', 'That.', 2)]),
      ...(more ? [thread('q4', '@next')] : []),
    ],
    notImported: [],
    countsFromFiles: {},
  }
}

/** The imported room with Bo as its moderator, and Amina, who was @next, and Jun, who was not. */
export async function anImportedRoom(address?: (email: string) => BroughtAddress) {
  const email = `${unique('amina')}@people.example`
  const [amina, jun, bo] = await Promise.all([aMember('Amina', { email }), aMember('Jun'), aMember('Bo')])
  const slug = unique('imported')
  const bring = (more = false) => importCommunity(systemViewer('import'), aSet(address?.(email), more), { slug })
  await bring()
  const [room] = await owner.select().from(communities).where(eq(communities.slug, slug))
  if (!room) throw new Error('Nothing was imported')
  await owner.insert(communityModerators).values({ communityId: room.id, personId: bo.personId })
  const idOf = async (kind: string, sourceId: string) => {
    const mine = and(eq(importKeys.communityId, room.id), eq(importKeys.kind, kind), eq(importKeys.sourceId, sourceId))
    return (await owner.select().from(importKeys).where(mine))[0]?.rowId ?? ''
  }
  const next = await idOf('author', '@next')
  return { amina, jun, bo: await asViewer(bo.personId), room, slug, next, email, idOf, bring }
}

/** Whose everything in a room is, by the number it came with. */
export async function hands({ room, idOf }: Awaited<ReturnType<typeof anImportedRoom>>) {
  const nameOf = async (handleId: string | null | undefined) =>
    handleId ? (await owner.select().from(handles).where(eq(handles.id, handleId)))[0]?.displayName : null
  const threadIn = async (sourceId: string) => nameOf((await threadRow(await idOf('thread', sourceId))).handleId)
  const postIn = async (kind: string, sourceId: string) => {
    const [found] = await owner
      .select()
      .from(posts)
      .where(eq(posts.id, await idOf(kind, sourceId)))
    return nameOf(found?.handleId)
  }
  return {
    threads: [await threadIn('q1'), await threadIn('q2'), await threadIn('q3')],
    openings: [await postIn('opening', 'q1'), await postIn('opening', 'q2'), await postIn('opening', 'q3')],
    answers: [await postIn('answer', 'a1'), await postIn('answer', 'a3')],
    counted:
      (await communityRow(room.id)).threadCount === (await owner.select().from(threads).where(eq(threads.communityId, room.id))).length,
  }
}

export const requestsFor = (importedId: string) =>
  owner.select().from(authorshipRequests).where(eq(authorshipRequests.importedId, importedId)).orderBy(authorshipRequests.createdAt)
