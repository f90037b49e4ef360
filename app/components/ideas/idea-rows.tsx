import { say } from '~/words'
import { ThreadRows, type ThreadRowShown } from '../threads'
import { Hush, Icon, ThumbsUp } from '../ui'
import { IdeaState, type IdeaStatus } from './idea-state'

/** Ideas, one under another: how each stands, how many want it, and what is said to it. */
export function IdeaRows({ ideas, label }: { ideas: (ThreadRowShown & { status: IdeaStatus })[]; label: string }) {
  const statuses = new Map(ideas.map(({ threadId, status }) => [threadId, status]))
  return (
    <ThreadRows
      threads={ideas}
      label={label}
      state={({ threadId, score }) => (
        <>
          <span className="num inline-flex items-center gap-1.5 font-semibold">
            <Icon of={ThumbsUp} size="sm" />
            <span aria-hidden="true">{score}</span>
            <Hush>{say('idea.votes', { count: score })}</Hush>
          </span>
          <IdeaState status={statuses.get(threadId) ?? 'open'} />
        </>
      )}
      withScore={false}
    />
  )
}
