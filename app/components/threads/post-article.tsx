import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'
import type { FileShown } from '~/server/attachments/types'
import { PostFiles } from '../attachments'
import { Byline, Folded } from '../people'
import { sideOf, type HandleInfo } from '../people/seat'
import { ActionButton, BadgeCheck, Banner, Check, Icon } from '../ui'
import { Comments, type CommentView } from './comments'
import { Details } from './details'
import { PostBody } from './post-body'
import { Privacy } from './privately'
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
  /** By somebody whom the reader has blocked. */
  blocked: boolean
  accepted: boolean
  confirmed: { by: HandleInfo; at: Date | string | null } | null
  waitingEdit: string | null
  hiddenBy: string | null
  heldFor: string | null
  fromCase: boolean
  source: string | null
  sourceUrl: string | null
  licence: string | null
  details: { fieldId: string; label: string; value: string }[]
  files: FileShown[]
  comments: CommentView[]
  moreComments: number
  may: {
    vote: boolean
    comment: boolean
    edit: boolean
    suggestEdit: boolean
    accept: boolean
    mark: boolean
    confirm: boolean
    flag: boolean
    report: boolean
  }
}

type AcceptedView = {
  by: HandleInfo | null
  at: Date | string | null
  as: 'asker' | 'moderator' | 'staff'
  reversibleUntil: Date | string | null
}

type Props = {
  post: PostView
  /** `asked`: a question that was merged into the one above. */
  kind: 'question' | 'asked' | 'answer'
  place: { slug: string; number: number }
  /** Visitors see the buttons too; pressing one leads through signing in. */
  visitorMay?: boolean
  accepted?: AcceptedView
  /** What the thread is, where it is no question. */
  of?: 'thread' | 'idea'
  tags?: ReactNode
  /** What it says besides its words, above them. */
  above?: ReactNode
}

/** One post as a thread shows it: vote, who and when, what they wrote, what can be done, and what was said to it. */
export function PostArticle({ post, kind, place, visitorMay = false, accepted, of = 'thread', tags, above }: Props) {
  const first = kind === 'question'
  const asked = kind !== 'answer'
  const who = post.by?.displayName ?? ''
  const side = post.by && !first && sideOf(post.by.seat) === 'vendor' ? ' post-v' : ''
  const label = !post.by
    ? say('thread.post.removed')
    : say(asked ? `${of}.post.question` : post.accepted ? 'thread.post.accepted' : `${of}.post.answer`, { who })
  return (
    <article className={`post${first ? ' post-first' : side}`} id={`post-${post.postId}`} aria-label={label}>
      {kind === 'asked' ? (
        <span />
      ) : (
        <VoteBox
          action={paths.vote(post.postId)}
          score={post.score}
          mine={post.myVote}
          may={post.html !== null && (post.may.vote || visitorMay)}
          {...(first && of === 'idea' ? { upOnly: true, upLabel: say('idea.vote.up') } : {})}
        />
      )}
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
            <Byline who={post.by} to={paths.author(post.by)}>
              {say(asked ? `${of}.askedOn` : `${of}.answeredOn`, { day: sayDay(post.createdAt), time: sayTime(post.createdAt) })}
              {post.editCount > 0 ? (
                <>
                  {', '}
                  <Link to={paths.postHistory(post.postId)}>{say('thread.edited', { count: post.editCount })}</Link>
                </>
              ) : null}
            </Byline>
            {post.hiddenBy ? (
              <Banner kind="caution">
                <p>{post.heldFor ? say('thread.heldForYou', { why: post.heldFor }) : say('thread.removedForYou')}</p>
                <p>
                  <Link to={paths.decision(post.hiddenBy)}>{say('thread.statement')}</Link>
                </p>
              </Banner>
            ) : null}
            {post.fromCase ? (
              <p className="meta mb-2">
                <Privacy>
                  {say('case.from')}, {say('case.from.help')}
                </Privacy>
              </p>
            ) : null}
            {post.waitingEdit && !post.may.suggestEdit ? <EditWaits id={post.waitingEdit} /> : null}
            <Proof post={post} accepted={post.accepted ? accepted : undefined} />
            <Folded when={post.blocked} who={who}>
              {above}
              <Details details={post.details} />
              <PostBody html={post.html} />
              <PostFiles files={post.files} />
            </Folded>
            {tags}
            {post.sourceUrl || post.source ? (
              <p className="meta mt-4">
                <Provenance source={post.source} sourceUrl={post.sourceUrl} licence={post.licence} />
              </p>
            ) : null}
            <Acts post={post} place={place} visitorMay={visitorMay} marked={post.accepted && accepted?.as !== 'asker'} />
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

function EditWaits({ id }: { id: string }) {
  return (
    <div className="mb-4">
      <Banner end={<Link to={paths.suggestion(id)}>{say('thread.suggested.look')}</Link>}>{say('thread.suggested')}</Banner>
    </div>
  )
}

/** What is known of an answer: that it solved it and who says so, and, apart from that, that the vendor finds it right. */
function Proof({ post, accepted }: { post: PostView; accepted?: AcceptedView }) {
  const { confirmed } = post
  if (!post.accepted && !confirmed) return null
  const who = accepted?.by?.displayName
  return (
    <ul className="proof">
      {post.accepted ? (
        <li>
          <span className="state-ok">
            <Icon of={Check} />
          </span>
          <span>
            <b className="strong">
              {who ? say(accepted.as === 'asker' ? 'thread.acceptedBy' : 'thread.markedBy', { who }) : say('thread.accepted')}
            </b>{' '}
            {accepted?.at ? <span className="faint">{say('thread.acceptedOn', { day: sayDay(accepted.at) })}</span> : null}{' '}
            {accepted?.reversibleUntil ? (
              <span className="faint">{say('thread.marked.reversible', { day: sayDay(accepted.reversibleUntil) })}</span>
            ) : null}
          </span>
        </li>
      ) : null}
      {confirmed ? (
        <li>
          <span className="state-v">
            <Icon of={BadgeCheck} />
          </span>
          <span>
            <b className="strong">{say('thread.confirmedBy', { vendor: confirmed.by.seat.vendorName ?? confirmed.by.displayName })}</b>{' '}
            {confirmed.at ? (
              <span className="faint">{say('thread.confirmedWho', { who: confirmed.by.displayName, day: sayDay(confirmed.at) })}</span>
            ) : null}
          </span>
        </li>
      ) : null}
    </ul>
  )
}

/** The acts that settle a question: the asker's first, then those of whoever helps a silent one, then the vendor's. */
function Settling({ post, marked }: { post: PostView; marked: boolean }) {
  const { may, postId } = post
  const undoing = post.accepted && !marked
  return (
    <>
      {may.accept ? (
        <ActionButton
          action={undoing ? paths.undoAcceptance(postId) : paths.acceptance(postId)}
          label={say(undoing ? 'thread.act.unaccept' : marked ? 'thread.act.keep' : 'thread.act.accept')}
          icon={undoing ? undefined : Check}
          size="sm"
          variant={undoing ? 'text' : 'default'}
        />
      ) : null}
      {may.accept && marked ? (
        <ActionButton action={paths.undoAcceptance(postId)} label={say('thread.act.reverse')} size="sm" variant="text" />
      ) : null}
      {may.mark ? (
        <ActionButton
          action={post.accepted ? paths.undoSolution(postId) : paths.solution(postId)}
          label={say(post.accepted ? 'thread.act.unmark' : 'thread.act.mark')}
          size="sm"
          variant="text"
        />
      ) : null}
      {may.confirm ? (
        <ActionButton
          action={post.confirmed ? paths.undoConfirmation(postId) : paths.confirmation(postId)}
          label={say(post.confirmed ? 'thread.act.unconfirm' : 'thread.act.confirm')}
          size="sm"
          variant="text"
        />
      ) : null}
    </>
  )
}

function Acts({ post, place, visitorMay, marked }: Pick<Props, 'post' | 'place' | 'visitorMay'> & { marked: boolean }) {
  const { may, postId } = post
  return (
    <div className="acts">
      <Settling post={post} marked={marked} />
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
      {may.suggestEdit ? (
        <Link className="btn-text" to={post.waitingEdit ? paths.suggestion(post.waitingEdit) : paths.suggestEdit(postId)}>
          {say(post.waitingEdit ? 'thread.act.suggested' : 'thread.act.suggest')}
        </Link>
      ) : null}
      {may.flag ? (
        <Link className="btn-text" to={paths.flag('post', postId)}>
          {say('thread.act.flag')}
        </Link>
      ) : null}
      {may.report ? (
        <Link className="btn-text" to={paths.report('post', postId)} rel="nofollow">
          {say('report.act')}
        </Link>
      ) : null}
    </div>
  )
}
