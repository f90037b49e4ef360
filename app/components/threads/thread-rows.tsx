import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Who } from '../people'
import type { HandleInfo } from '../people/seat'
import { Copy, EyeOff, Hush, Icon, Lock, MessageSquare, RelativeTime, Rows, State, Tag } from '../ui'
import { ThreadState } from './thread-state'

export type ThreadRowShown = {
  threadId: string
  number: number
  slug: string
  communityName: string
  title: string
  kind: string
  state: 'unanswered' | 'answered' | 'awaiting' | 'solved'
  answerCount: number
  score: number
  duplicate: boolean
  locked: boolean
  hidden: boolean
  tags: string[]
  by: HandleInfo
  createdAt: Date | string
  activeAt: Date | string
}

type Props = {
  threads: ThreadRowShown[]
  label: string
  withRoom?: boolean
  byActivity?: boolean
  title?: (thread: ThreadRowShown) => ReactNode
  /** How each stands, where the list knows better. */
  state?: (thread: ThreadRowShown) => ReactNode
  below?: (thread: ThreadRowShown) => ReactNode
  /** False where the votes stand elsewhere in the row. */
  withScore?: boolean
  /** Below what the list stands: 2 under the page's title, 3 under a section's. */
  level?: 2 | 3
}

/** Questions, dense: how each stands, what it asks, who asked, and what came of it. */
export function ThreadRows({ threads, label, withRoom, byActivity, title, state, below, withScore = true, level = 2 }: Props) {
  const Heading = `h${level}` as 'h2' | 'h3'
  return (
    <Rows label={label}>
      {threads.map((thread) => (
        <li key={thread.threadId} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-5 gap-y-1 py-3">
          <div className="min-w-0">
            <Heading className="font-serif text-[1.0625rem] leading-6 font-semibold wrap-anywhere" dir="auto">
              <Link className="no-underline hover:underline" to={paths.thread(thread.slug, thread.number, thread.title)} prefetch="intent">
                {title?.(thread) ?? thread.title}
              </Link>
            </Heading>
            {below?.(thread)}
            <div className="meta mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              {state?.(thread) ?? <ThreadState kind={thread.kind} state={thread.state} />}
              {thread.duplicate ? <State icon={Copy}>{say('thread.duplicate.state')}</State> : null}
              {thread.locked ? <State icon={Lock}>{say('thread.locked')}</State> : null}
              {thread.hidden ? (
                <State kind="bad" icon={EyeOff}>
                  {say('thread.hidden')}
                </State>
              ) : null}
              <span className="inline-flex flex-wrap items-center gap-x-2">
                <Who who={thread.by} to={paths.author(thread.by)} short />
                <RelativeTime at={byActivity ? thread.activeAt : thread.createdAt} />
              </span>
              {withRoom ? <Link to={paths.community(thread.slug)}>{thread.communityName}</Link> : null}
              {thread.tags.map((tag) => (
                <Tag key={tag} to={paths.tag(thread.slug, tag)}>
                  {tag}
                </Tag>
              ))}
            </div>
          </div>
          <p className="num text-ink-soft flex gap-4 pt-0.5 text-ui whitespace-nowrap">
            <span className="inline-flex items-center gap-1.5">
              <Icon of={MessageSquare} size="sm" />
              <span aria-hidden="true">{thread.answerCount}</span>
              <Hush>{say(thread.kind === 'idea' ? 'idea.replies' : 'thread.answers', { count: thread.answerCount })}</Hush>
            </span>
            {withScore ? (
              <span className="hidden min-w-8 text-end md:inline">
                <span aria-hidden="true">{thread.score > 0 ? `+${thread.score}` : String(thread.score).replace('-', '−')}</span>
                <Hush>{say('thread.score', { count: thread.score })}</Hush>
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </Rows>
  )
}
