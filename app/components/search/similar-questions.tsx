import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { ThreadState } from '../threads'
import { Button, ButtonLink, Check, Icon } from '../ui'
import { Marked } from './marked'

type Similar = {
  number: number
  slug: string
  communityName: string
  title: string
  titlePieces: { text: string; found: boolean }[]
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
    <section className="similar sect" aria-labelledby="similar-heading">
      <div className="sect-head">
        <h2 id="similar-heading">{say('similar.title')}</h2>
        <span className="meta" role="status">
          {say('similar.count', { count: similar.length })}
        </span>
      </div>
      {similar.map((one) => (
        <article className="sim" key={one.number}>
          <h3 className="wrap-anywhere" dir="auto">
            <Link to={paths.thread(one.slug, one.number, one.title)}>
              <Marked pieces={one.titlePieces} />
            </Link>
          </h3>
          <p className="facts meta">
            <ThreadState kind={one.kind} state={one.state} />
            <span>{say('thread.answers', { count: one.answerCount })}</span>
            {one.slug === room ? null : <span>{one.communityName}</span>}
          </p>
          {one.answer ? (
            <p className="ans wrap-anywhere" dir="auto">
              {one.answer}
            </p>
          ) : null}
          <div className="btns">
            {one.answerCount > 0 ? (
              <Button size="sm" form={ANSWER_FOUND_FORM} formAction={paths.answerFound(one.number)}>
                <Icon of={Check} size="sm" />
                {say('similar.answersIt')}
              </Button>
            ) : null}
            <ButtonLink size="sm" variant="quiet" to={paths.thread(one.slug, one.number, one.title)}>
              {say('similar.read')}
            </ButtonLink>
          </div>
        </article>
      ))}
    </section>
  )
}
