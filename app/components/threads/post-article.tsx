import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'
import { Byline } from '../people'
import { sideOf, type HandleInfo } from '../people/seat'
import { ActionButton, Banner, Check, Icon } from '../ui'
import { Comments, type CommentView } from './comments'
import { PostBody } from './post-body'
import { Provenance } from './provenance'
import { VoteBox } from './vote-box'

export type PostView = {
  postId: string
  html: string | null
  by: HandleInfo | null
  createdAt: Date | string
  editCount: number
  score: number
  myVote: -1 | 0 | 1
  accepted: boolean
  hiddenBy: string | null
  source: string | null
  sourceUrl: string | null
  licence: string | null
  comments: CommentView[]
  moreComments: number
  may: { vote: boolean; comment: boolean; edit: boolean; accept: boolean; flag: boolean }
}

type Props = {
  post: PostView
  kind: 'question' | 'answer'
  place: { slug: string; number: number }
  /** Visitors see the buttons too; pressing one leads through signing in. */
  visitorMay?: boolean
  accepted?: { by: string | null; at: Date | string | null }
  tags?: ReactNode
}

/** One post as a thread shows it: vote, who and when, what they wrote, what can be done, and what was said to it. */
export function PostArticle({ post, kind, place, visitorMay = false, accepted, tags }: Props) {
  const first = kind === 'question'
  const who = post.by?.displayName ?? ''
  const side = post.by && !first && sideOf(post.by.seat) === 'vendor' ? ' post-v' : ''
  const label = !post.by
    ? say('thread.post.removed')
    : say(first ? 'thread.post.question' : post.accepted ? 'thread.post.accepted' : 'thread.post.answer', { who })
  return (
    <article className={`post${first ? ' post-first' : side}`} id={`post-${post.postId}`} aria-label={label}>
      <VoteBox
        action={paths.vote(post.postId)}
        score={post.score}
        mine={post.myVote}
        may={post.html !== null && (post.may.vote || visitorMay)}
      />
      <div className="min-w-0">
        {post.html === null || !post.by ? (
          <p className="soft">
            {say('thread.gap')}{' '}
            {post.hiddenBy ? (
              <Link className="underline" to={paths.decision(post.hiddenBy)}>
                {say('thread.gap.why')}
              </Link>
            ) : null}
          </p>
        ) : (
          <>
            <Byline who={post.by} to={post.by.handle ? paths.person(post.by.handle) : undefined}>
              {say(first ? 'thread.askedOn' : 'thread.answeredOn', { day: sayDay(post.createdAt), time: sayTime(post.createdAt) })}
              {post.editCount > 0 ? (
                <>
                  {', '}
                  <Link to={paths.postHistory(post.postId)}>{say('thread.edited', { count: post.editCount })}</Link>
                </>
              ) : null}
            </Byline>
            {post.hiddenBy ? (
              <Banner kind="caution" end={<Link to={paths.decision(post.hiddenBy)}>{say('thread.statement')}</Link>}>
                {say('thread.removedForYou')}
              </Banner>
            ) : null}
            {post.accepted ? <Accepted {...accepted} /> : null}
            <PostBody html={post.html} />
            {tags}
            {post.sourceUrl || post.source ? (
              <p className="meta mt-4">
                <Provenance source={post.source} sourceUrl={post.sourceUrl} licence={post.licence} />
              </p>
            ) : null}
            <Acts post={post} place={place} visitorMay={visitorMay} />
          </>
        )}
      </div>
      <div className="min-w-0 max-md:order-3 md:col-start-2">
        <Comments comments={post.comments} label={say('thread.comments.of', { who })} />
        {post.moreComments > 0 ? (
          <p className="meta mt-2">
            <Link className="underline" to={paths.commentOn(post.postId)}>
              {say('thread.comments.more', { count: post.moreComments })}
            </Link>
          </p>
        ) : null}
      </div>
    </article>
  )
}

function Accepted({ by, at }: { by?: string | null; at?: Date | string | null }) {
  return (
    <ul className="proof">
      <li>
        <span className="state-ok">
          <Icon of={Check} />
        </span>
        <span>
          <b className="strong">{by ? say('thread.acceptedBy', { who: by }) : say('thread.accepted')}</b>{' '}
          {at ? <span className="faint">{say('thread.acceptedOn', { day: sayDay(at) })}</span> : null}
        </span>
      </li>
    </ul>
  )
}

function Acts({ post, place, visitorMay }: Pick<Props, 'post' | 'place' | 'visitorMay'>) {
  const { may, postId } = post
  return (
    <div className="acts">
      {may.accept ? (
        <ActionButton
          action={post.accepted ? paths.undoAcceptance(postId) : paths.acceptance(postId)}
          label={say(post.accepted ? 'thread.act.unaccept' : 'thread.act.accept')}
          icon={post.accepted ? undefined : Check}
          size="sm"
          variant={post.accepted ? 'text' : 'default'}
        />
      ) : null}
      {may.comment || visitorMay ? (
        <Link className="btn-text" to={paths.commentOn(postId)}>
          {say('thread.act.comment')}
        </Link>
      ) : null}
      <Link className="btn-text" to={paths.post(place.slug, place.number, postId)}>
        {say('thread.act.link')}
      </Link>
      {may.edit ? (
        <Link className="btn-text" to={paths.editPost(postId)}>
          {say('thread.act.edit')}
        </Link>
      ) : null}
      {may.flag ? (
        <Link className="btn-text" to={paths.flag('post', postId)}>
          {say('thread.act.flag')}
        </Link>
      ) : null}
    </div>
  )
}
