import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { foldedLine } from '~/server/platform/text'
import { say, type WordKey } from '~/words'
import type { ImportedAuthor, ImportedLink, ImportedPost, ImportedThread, ImportSet, NotImported } from './imported'
import { isThere, xmlRows } from './source-file'
import { firstOfItsId, type SourceRow } from './source-row'
import { type Counts, newCounts, factsOfFiles, type TalliedVotes } from './stack-exchange-counts'

/** What a dump says of no row in particular: dumps that state no licence per row were published under this one. */
const LICENCE = 'CC BY-SA 3.0'
const LINK_KINDS: Record<string, ImportedLink['kind']> = { '1': 'linked', '3': 'duplicate' }

/** A Stack Exchange data dump: one XML file per table. All of it is read and checked before anything is given back. */
export async function readStackExchange(directory: string, options: { site?: string } = {}): Promise<ImportSet> {
  const site = await siteOf(directory, options.site)
  const counts = newCounts()
  const authors = await readAuthors(directory, site, counts)
  const posts = await readPosts(directory, site, authors, counts)
  await readComments(directory, site, authors, posts, counts)
  await applyVotes(directory, posts, counts)
  await applyLinks(directory, posts, counts)
  await countTheRest(directory, posts, counts)

  return {
    format: 'stackexchange',
    source: site ? new URL(site).host : 'stackexchange',
    sourceUrl: site ?? null,
    licence: LICENCE,
    authors,
    threads: [...posts.threads.values()].sort((one, other) => byAge(one.opening, other.opening)),
    notImported: leftOut(counts),
    countsFromFiles: factsOfFiles(counts),
  }
}

interface Posts {
  threads: Map<string, ImportedThread>
  /** Questions and answers by their id; the two share their numbers. */
  byId: Map<string, ImportedPost>
  threadOf: Map<string, ImportedThread>
}

/** The dump does not name its site. Its address makes links whole and stands in every import key. */
async function siteOf(directory: string, given: string | undefined) {
  if (given) return new URL(given).origin
  const note = await readFile(join(directory, 'SOURCE.md'), 'utf8').catch(() => '')
  return /https:\/\/[a-z0-9.-]+(?=\/(?:q|users)\/<Id>)/u.exec(note)?.[0]
}

async function readAuthors(directory: string, site: string | undefined, counts: Counts) {
  const authors = new Map<string, ImportedAuthor>()
  const ids = new Map<string, true>()
  for await (const row of xmlRows(directory, 'Users.xml')) {
    const id = firstOfItsId(ids, row, 'Id')
    ids.set(id, true)
    authors.set(`id:${id}`, {
      sourceId: `id:${id}`,
      displayName: row.line('DisplayName'),
      aboutHtml: row.text('AboutMe'),
      sourceUrl: site ? `${site}/users/${id}` : null,
      createdAt: row.date('CreationDate'),
      ...brought(row.optional('EmailHash')),
    })
    counts.sawUser(row)
  }
  return authors
}

/** Dumps of former years say the MD5 of an address. */
const brought = (md5: string | undefined) => (md5 && /^[0-9a-f]{32}$/i.test(md5) ? { address: { md5 } } : {})

async function readPosts(directory: string, site: string | undefined, authors: Map<string, ImportedAuthor>, counts: Counts) {
  const posts: Posts = { threads: new Map(), byId: new Map(), threadOf: new Map() }
  const answers: { row: SourceRow; post: ImportedPost }[] = []
  const ids = new Map<string, true>()
  for await (const row of xmlRows(directory, 'Posts.xml')) {
    const id = firstOfItsId(ids, row, 'Id')
    ids.set(id, true)
    const type = row.id('PostTypeId')
    counts.sawPost(row, authors)
    if (type === '1') {
      const thread = questionFrom(row, site, authors)
      posts.threads.set(id, thread)
      posts.byId.set(id, thread.opening)
      posts.threadOf.set(id, thread)
    } else if (type === '2') {
      row.id('ParentId')
      answers.push({ row, post: postFrom(row, site, authors) })
    }
  }
  for (const { row, post } of answers) {
    const thread = posts.threads.get(row.id('ParentId'))
    if (!thread) {
      counts.left.answerWithoutQuestion += 1
      continue
    }
    thread.answers.push(post)
    posts.byId.set(post.sourceId, post)
    posts.threadOf.set(post.sourceId, thread)
  }
  for (const thread of posts.threads.values()) {
    thread.answers.sort(byAge)
    const accepted = thread.answers.find(({ sourceId }) => sourceId === thread.accepted?.answerId)
    if (thread.accepted && !accepted) counts.left.acceptanceWithoutAnswer += 1
    // Only the asker accepts. The day comes with the votes.
    thread.accepted = accepted ? { answerId: accepted.sourceId, byAuthorId: thread.opening.authorId, at: accepted.createdAt } : null
  }
  return posts
}

function questionFrom(row: SourceRow, site: string | undefined, authors: Map<string, ImportedAuthor>): ImportedThread {
  const opening = postFrom(row, site, authors)
  const accepted = row.optionalId('AcceptedAnswerId')
  return {
    sourceId: opening.sourceId,
    title: row.line('Title'),
    opening,
    answers: [],
    accepted: accepted ? { answerId: accepted, byAuthorId: null, at: opening.createdAt } : null,
    tags: tagsIn(row.text('Tags')),
    locked: false,
    activeAt: row.optionalDate('LastActivityDate') ?? opening.createdAt,
    meta: {
      views: row.count('ViewCount'),
      answersCounted: row.count('AnswerCount'),
      acceptedAnswer: accepted ?? null,
      closedAt: row.optionalDate('ClosedDate')?.toISOString() ?? null,
    },
  }
}

function postFrom(row: SourceRow, site: string | undefined, authors: Map<string, ImportedAuthor>): ImportedPost {
  const id = row.id('Id')
  const score = row.integer('Score')
  const path = row.id('PostTypeId') === '1' ? 'q' : 'a'
  return {
    sourceId: id,
    authorId: authorOf(row, 'OwnerUserId', 'OwnerDisplayName', site, authors),
    body: { html: row.text('Body') },
    createdAt: row.date('CreationDate'),
    editedAt: row.optionalDate('LastEditDate'),
    tally: tallyOf(score),
    spam: false,
    sourceUrl: site ? `${site}/${path}/${id}` : null,
    licence: row.optional('ContentLicense') ?? LICENCE,
    meta: { score },
    comments: [],
  }
}

async function readComments(
  directory: string,
  site: string | undefined,
  authors: Map<string, ImportedAuthor>,
  posts: Posts,
  counts: Counts,
) {
  if (!(await isThere(directory, 'Comments.xml'))) return
  const ids = new Map<string, true>()
  for await (const row of xmlRows(directory, 'Comments.xml')) {
    const id = firstOfItsId(ids, row, 'Id')
    ids.set(id, true)
    counts.sawRow('Comments')
    const post = posts.byId.get(row.id('PostId'))
    const createdAt = row.date('CreationDate')
    const tally = tallyOf(row.integer('Score'))
    if (!post) {
      counts.left.commentWithoutPost += 1
      continue
    }
    post.comments.push({
      sourceId: id,
      authorId: authorOf(row, 'UserId', 'UserDisplayName', site, authors),
      body: { markdown: row.text('Text') },
      createdAt,
      editedAt: null,
      tally,
      spam: false,
      sourceUrl: post.sourceUrl ? `${site}/posts/comments/${id}` : null,
      licence: row.optional('ContentLicense') ?? LICENCE,
      meta: {},
      comments: [],
    })
  }
  for (const post of posts.byId.values()) post.comments.sort(byAge)
}

/** The votes are the truth about a score, where the dump has them; without them the score is all there is. */
async function applyVotes(directory: string, posts: Posts, counts: Counts) {
  if (!(await isThere(directory, 'Votes.xml'))) return
  const tallies = new Map<string, TalliedVotes>()
  const ids = new Map<string, true>()
  for await (const row of xmlRows(directory, 'Votes.xml')) {
    ids.set(firstOfItsId(ids, row, 'Id'), true)
    counts.sawVote(row, posts.byId, tallies)
  }
  for (const [id, post] of posts.byId) post.tally = tallies.get(id)?.tally ?? { up: 0, down: 0 }
  for (const { accepted } of posts.threads.values()) {
    const day = accepted && tallies.get(accepted.answerId)?.acceptedAt
    if (accepted && day && day > accepted.at) accepted.at = day
  }
}

async function applyLinks(directory: string, posts: Posts, counts: Counts) {
  if (!(await isThere(directory, 'PostLinks.xml'))) return
  for await (const row of xmlRows(directory, 'PostLinks.xml')) {
    counts.sawLink(row)
    const kind = LINK_KINDS[row.id('LinkTypeId')]
    const post = posts.byId.get(row.id('PostId'))
    const related = row.id('RelatedPostId')
    if (!kind || !post || !posts.byId.has(related)) {
      counts.left.linkWithoutPost += 1
      continue
    }
    post.meta.links = [...((post.meta.links as ImportedLink[] | undefined) ?? []), { to: related, kind }]
  }
}

async function countTheRest(directory: string, posts: Posts, counts: Counts) {
  const used = new Set([...posts.threads.values()].flatMap(({ tags }) => tags))
  if (await isThere(directory, 'Tags.xml')) {
    for await (const row of xmlRows(directory, 'Tags.xml')) {
      counts.sawRow('Tags')
      if (!used.has(row.line('TagName'))) counts.left.tagWithoutQuestion += 1
    }
  }
  if (await isThere(directory, 'Badges.xml')) {
    for await (const row of xmlRows(directory, 'Badges.xml')) counts.sawBadge(row)
  }
  if (await isThere(directory, 'PostHistory.xml')) {
    for await (const row of xmlRows(directory, 'PostHistory.xml')) {
      counts.sawRow('PostHistory')
      row.id('Id')
      counts.left.history += 1
    }
  }
}

/** An account that is gone leaves a name, or not even that. Both become authors of their own. */
function authorOf(row: SourceRow, idColumn: string, nameColumn: string, site: string | undefined, authors: Map<string, ImportedAuthor>) {
  const id = row.optionalId(idColumn)
  const name = foldedLine(row.text(nameColumn))
  const sourceId = id ? `id:${id}` : `name:${name}`
  if (!authors.has(sourceId)) {
    authors.set(sourceId, {
      sourceId,
      displayName: name || (id ? `user${id}` : say('import.unknownAuthor')),
      aboutHtml: '',
      sourceUrl: site && id ? `${site}/users/${id}` : null,
      createdAt: null,
    })
  }
  return sourceId
}

function leftOut({ left, otherPosts, otherVotes }: Counts): NotImported[] {
  const reasons: [string, number, WordKey][] = [
    ['answerWithoutQuestion', left.answerWithoutQuestion, 'import.left.answerWithoutQuestion'],
    ['acceptanceWithoutAnswer', left.acceptanceWithoutAnswer, 'import.left.acceptanceWithoutAnswer'],
    ['commentWithoutPost', left.commentWithoutPost, 'import.left.commentWithoutPost'],
    ['linkWithoutPost', left.linkWithoutPost, 'import.left.linkWithoutPost'],
    ['voteWithoutPost', left.voteWithoutPost, 'import.left.voteWithoutPost'],
    ['tagWithoutQuestion', left.tagWithoutQuestion, 'import.left.tagWithoutQuestion'],
    ['badge', left.badge, 'import.left.badge'],
    ['history', left.history, 'import.left.history'],
    ['profileDetails', left.profile, 'import.left.profile'],
    ...[...otherPosts].map(([kind, count]): [string, number, WordKey] => [
      kind,
      count,
      kind.startsWith('tagWiki') ? 'import.left.tagWiki' : 'import.left.otherPost',
    ]),
    ...[...otherVotes].map(([kind, count]): [string, number, WordKey] => [kind, count, 'import.left.otherVote']),
  ]
  return reasons.filter(([, count]) => count > 0).map(([kind, count, reason]) => ({ kind, count, reason: say(reason) }))
}

/** `<a><b>` in older dumps, `|a|b|` in newer ones. */
function tagsIn(value: string) {
  return value
    .split(/[<>|]/u)
    .map((tag) => tag.trim())
    .filter(Boolean)
}

function tallyOf(score: number) {
  return { up: Math.max(score, 0), down: Math.max(-score, 0) }
}

function byAge(one: ImportedPost, other: ImportedPost) {
  return one.createdAt.getTime() - other.createdAt.getTime() || Number(one.sourceId) - Number(other.sourceId)
}
