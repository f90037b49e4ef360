import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Folded, Who } from '../people'
import type { HandleInfo } from '../people/seat'
import { RelativeTime } from '../ui'
import { PostBody } from './post-body'
import { Provenance } from './provenance'

export type CommentView = {
  postId: string
  html: string
  by: HandleInfo
  createdAt: Date | string
  edited: boolean
  mine: boolean
  blocked: boolean
  hiddenBy: string | null
  heldFor: string | null
  sourceUrl: string | null
  licence: string | null
  may: { edit: boolean; flag: boolean; report: boolean }
}

export function Comments({ comments, label }: { comments: CommentView[]; label: string }) {
  if (comments.length === 0) return null
  return (
    <ol className="comments" aria-label={label}>
      {comments.map((comment) => (
        <li key={comment.postId} id={`post-${comment.postId}`}>
          {comment.hiddenBy ? (
            <p className="meta">
              {comment.heldFor ? say('thread.heldForYou', { why: comment.heldFor }) : say('thread.removedForYou')}{' '}
              <Link to={paths.decision(comment.hiddenBy)}>{say('thread.statement')}</Link>
            </p>
          ) : null}
          <Folded when={comment.blocked} who={comment.by.displayName}>
            <div className="[&>.prose]:text-ui [&>.prose]:font-sans [&>.prose]:leading-5">
              <PostBody html={comment.html} small />
            </div>
            <p className="meta flex flex-wrap items-center gap-x-2">
              <Who who={comment.by} to={paths.author(comment.by)} short />
              <RelativeTime at={comment.createdAt} />
              {comment.edited ? <Link to={paths.postHistory(comment.postId)}>{say('thread.edited', { count: 1 })}</Link> : null}
              {comment.may.edit ? <Link to={paths.editPost(comment.postId)}>{say('thread.act.edit')}</Link> : null}
              {comment.may.flag ? <Link to={paths.flag('post', comment.postId)}>{say('thread.act.flag')}</Link> : null}
              {comment.may.report ? (
                <Link to={paths.report('post', comment.postId)} rel="nofollow">
                  {say('report.act')}
                </Link>
              ) : null}
              {comment.sourceUrl ? <Provenance source={null} sourceUrl={comment.sourceUrl} licence={comment.licence} /> : null}
            </p>
          </Folded>
        </li>
      ))}
    </ol>
  )
}
