import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'
import { Byline } from '../people'
import type { HandleInfo } from '../people/seat'
import { PostBody } from '../threads'

export type MessageShown = {
  messageId: string
  html: string
  side: 'asker' | 'vendor'
  by: HandleInfo | null
  mine: boolean
  createdAt: Date | string
}

/** What both sides wrote, in order; each on its side of the table. */
export function Messages({ messages }: { messages: MessageShown[] }) {
  return (
    <ol className="grid gap-6" aria-label={say('case.messages')}>
      {messages.map(({ messageId, by, side, html, createdAt }) => (
        <li
          key={messageId}
          id={`message-${messageId}`}
          className={`min-w-0 border-s-2 ps-4 ${side === 'vendor' ? 'border-vendor-line' : 'border-member-line'}`}
        >
          <article aria-label={say('case.message.by', { who: by?.displayName ?? '' })}>
            {by ? (
              <Byline who={by} to={by.handle ? paths.person(by.handle) : undefined}>
                {say('case.message.on', { day: sayDay(createdAt), time: sayTime(createdAt) })}
              </Byline>
            ) : null}
            <div className="mt-2">
              <PostBody html={html} />
            </div>
          </article>
        </li>
      ))}
    </ol>
  )
}
