import type { ImportedAuthor, ImportedPost, ImportedVoteTally } from './imported'
import type { SourceRow } from './source-row'

const VOTE_NAMES: Record<string, string> = {
  '1': 'accepted-by-originator',
  '2': 'up',
  '3': 'down',
  '4': 'offensive',
  '5': 'favourite',
  '6': 'close',
  '7': 'reopen',
  '8': 'bounty-start',
  '9': 'bounty-close',
  '10': 'deletion',
  '11': 'undeletion',
  '12': 'spam',
  '15': 'moderator-review',
  '16': 'approve-edit',
}
const POST_NAMES: Record<string, string> = { '4': 'tagWikiExcerpt', '5': 'tagWiki' }
const SCRUBBED = /user-[0-9a-f]{10}@mail\.example|\+1-555-0100/gu

export interface TalliedVotes {
  tally: ImportedVoteTally
  acceptedAt: Date | undefined
}

/** Counts what passes by while a dump is read: all that is left out, and the facts about it. */
export type Counts = ReturnType<typeof newCounts>

export function newCounts() {
  const rows = new Map<string, number>()
  const left = {
    ...{ answerWithoutQuestion: 0, acceptanceWithoutAnswer: 0, commentWithoutPost: 0, linkWithoutPost: 0 },
    ...{ voteWithoutPost: 0, tagWithoutQuestion: 0, badge: 0, history: 0, profile: 0 },
  }
  const users = { reputation: [] as { id: string; name: string; reputation: number }[], located: 0, described: 0, scrubbed: 0 }
  const posts = { ownerMissing: 0, tagWikis: 0, tagExcerpts: 0 }
  const votes = { byType: new Map<string, number>(), withoutPost: 0 }
  const badges = new Map<string, number>()
  const links = new Map<string, number>()
  const licences = new Map<string, number>()
  const otherPosts = new Map<string, number>()
  const otherVotes = new Map<string, number>()
  const allPosts = new Set<string>()

  function sawRow(file: string) {
    add(rows, file)
  }

  function sawUser(row: SourceRow) {
    sawRow('Users')
    users.reputation.push({ id: row.id('Id'), name: row.line('DisplayName'), reputation: row.integer('Reputation') })
    if (row.optional('Location')) users.located += 1
    if (row.optional('AboutMe')) users.described += 1
    if (row.optional('Location') || row.optional('WebsiteUrl') || row.optional('ProfileImageUrl')) left.profile += 1
    for (const name of ['DisplayName', 'AboutMe', 'Location', 'WebsiteUrl']) {
      users.scrubbed += row.text(name).match(SCRUBBED)?.length ?? 0
    }
  }

  function sawPost(row: SourceRow, authors: Map<string, ImportedAuthor>) {
    sawRow('Posts')
    const type = row.id('PostTypeId')
    const owner = row.optionalId('OwnerUserId')
    allPosts.add(row.id('Id'))
    add(licences, row.optional('ContentLicense') ?? '(not stated in row)')
    if (owner && !authors.has(`id:${owner}`)) posts.ownerMissing += 1
    if (type === '4') posts.tagExcerpts += 1
    if (type === '5') posts.tagWikis += 1
    if (type !== '1' && type !== '2') add(otherPosts, POST_NAMES[type] ?? `post type ${type}`)
  }

  function sawVote(row: SourceRow, known: Map<string, ImportedPost>, tallies: Map<string, TalliedVotes>) {
    sawRow('Votes')
    const type = row.id('VoteTypeId')
    const post = row.id('PostId')
    const at = row.date('CreationDate')
    add(votes.byType, type)
    if (!allPosts.has(post)) votes.withoutPost += 1
    if (type !== '1' && type !== '2' && type !== '3') {
      add(otherVotes, `${VOTE_NAMES[type] ?? `vote type ${type}`} vote`)
    } else if (!known.has(post)) {
      left.voteWithoutPost += 1
    } else {
      const { tally, acceptedAt } = tallies.get(post) ?? { tally: { up: 0, down: 0 }, acceptedAt: undefined }
      if (type === '2') tally.up += 1
      if (type === '3') tally.down += 1
      tallies.set(post, { tally, acceptedAt: type === '1' ? at : acceptedAt })
    }
  }

  function sawLink(row: SourceRow) {
    sawRow('PostLinks')
    add(links, row.id('LinkTypeId'))
  }

  function sawBadge(row: SourceRow) {
    sawRow('Badges')
    add(badges, row.id('Class'))
    left.badge += 1
  }

  return {
    ...{ rows, left, users, posts, votes, badges, links, licences, otherPosts, otherVotes },
    ...{ sawRow, sawUser, sawPost, sawVote, sawLink, sawBadge },
  }
}

/** The facts about rows that are read and not kept, under the names that the data sets use. */
export function factsOfFiles({ rows, left, users, posts, votes, badges, links, licences }: Counts): Record<string, unknown> {
  const byReputation = users.reputation.toSorted((one, other) => other.reputation - one.reputation || Number(one.id) - Number(other.id))
  return {
    rows_per_file: Object.fromEntries(rows),
    'tag_wiki_excerpts(type 4)': posts.tagExcerpts,
    'tag_wikis(type 5)': posts.tagWikis,
    answers_whose_question_is_missing: left.answerWithoutQuestion,
    posts_whose_owner_is_not_in_Users: posts.ownerMissing,
    sum_reputation: users.reputation.reduce((sum, { reputation }) => sum + reputation, 0),
    users_with_location: users.located,
    users_with_about_me: users.described,
    'top_reputation(user id, name, reputation)': byReputation.slice(0, 3).map(({ id, name, reputation }) => [id, name, reputation]),
    comments_on_missing_post: left.commentWithoutPost,
    votes_by_type: Object.fromEntries([...votes.byType].map(([type, count]) => [`${type} ${VOTE_NAMES[type] ?? 'other'}`, count])),
    votes_on_missing_post: votes.withoutPost,
    'badges_by_class(1 gold,2 silver,3 bronze)': Object.fromEntries(badges),
    ...(left.linkWithoutPost > 0 ? { 'post_links_by_type(1 linked,3 duplicate)': Object.fromEntries(links) } : {}),
    content_licences: Object.fromEntries(licences),
    ...(users.scrubbed > 0 ? { scrubbed_strings_per_file: { Users: users.scrubbed } } : {}),
  }
}

function add(counts: Map<string, number>, key: string) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
