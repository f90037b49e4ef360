import { plainText } from '~/app/meta'
import { paths } from '~/app/paths'
import type { HandleInfo } from '~/server/viewer'

type Post = { postId: string; html: string | null; score: number; createdAt: Date | string; by: HandleInfo | null; accepted?: boolean }
type Thread = {
  kind: string
  slug: string
  number: number
  title: string
  communityName: string
  answerCount: number
  createdAt: Date | string
  opening: Post
  answers: Post[]
}

/** A question is schema.org's QAPage; what is discussed or announced, a DiscussionForumPosting. */
export function structuredThread(thread: Thread, absolute: (path: string) => string): object {
  const { slug, number, title, opening } = thread
  const url = absolute(paths.thread(slug, number, title))
  const shown = thread.answers.filter((answer) => answer.html !== null)
  const post = ({ postId, html, score, createdAt, by }: Post, type: string) => ({
    '@type': type,
    text: plainText(html ?? ''),
    datePublished: new Date(createdAt).toISOString(),
    url: absolute(paths.post(slug, number, postId)),
    ...(by
      ? { author: { '@type': 'Person', name: by.displayName, ...(by.handle ? { url: absolute(paths.person(by.handle)) } : {}) } }
      : {}),
    ...(type === 'Comment' ? {} : { upvoteCount: Math.max(score, 0) }),
  })
  const crumbs = {
    '@type': 'BreadcrumbList',
    itemListElement: [{ '@type': 'ListItem', position: 1, name: thread.communityName, item: absolute(paths.community(slug)) }],
  }
  if (thread.kind !== 'question')
    return {
      '@context': 'https://schema.org',
      ...post(opening, 'DiscussionForumPosting'),
      headline: title,
      url,
      commentCount: thread.answerCount,
      comment: shown.map((answer) => post(answer, 'Comment')),
      breadcrumb: crumbs,
    }
  const [accepted] = shown.filter((answer) => answer.accepted)
  const others = shown.filter((answer) => !answer.accepted)
  return {
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    url,
    breadcrumb: crumbs,
    mainEntity: {
      ...post(opening, 'Question'),
      url,
      name: title,
      answerCount: thread.answerCount,
      ...(accepted ? { acceptedAnswer: post(accepted, 'Answer') } : {}),
      ...(others.length > 0 ? { suggestedAnswer: others.map((answer) => post(answer, 'Answer')) } : {}),
    },
  }
}
