import { paths } from '~/app/paths'
import { say } from '~/words'
import { ThreadState } from '../threads'
import { Button, Check, Icon } from '../ui'
import { SimilarList, type SimilarThread } from './similar-list'

type Similar = SimilarThread & {
  communityName: string
  kind: string
  state: Parameters<typeof ThreadState>[0]['state']
  answerCount: number
  answer: string | null
}

/** Who presses a button here leaves the form, so the buttons belong to a form of their own, which stands elsewhere on the page. */
export const ANSWER_FOUND_FORM = 'answer-found'

/** What may already answer the question that is being typed. */
export function SimilarQuestions({ similar, room }: { similar: Similar[]; room: string }) {
  return (
    <SimilarList
      similar={similar}
      title={say('similar.title')}
      count={say('similar.count', { count: similar.length })}
      read={say('similar.read')}
      facts={(one) => (
        <>
          <ThreadState kind={one.kind} state={one.state} />
          <span>{say('thread.answers', { count: one.answerCount })}</span>
          {one.slug === room ? null : <span>{one.communityName}</span>}
        </>
      )}
      excerpt={(one) =>
        one.answer ? (
          <p className="ans wrap-anywhere" dir="auto">
            {one.answer}
          </p>
        ) : null
      }
      act={(one) =>
        one.answerCount > 0 ? (
          <Button size="sm" form={ANSWER_FOUND_FORM} formAction={paths.answerFound(one.number)}>
            <Icon of={Check} size="sm" />
            {say('similar.answersIt')}
          </Button>
        ) : null
      }
    />
  )
}
