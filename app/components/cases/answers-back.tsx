import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import type { HandleInfo } from '../people/seat'
import { PostBody } from '../threads'
import { ActionButton, Card, Check } from '../ui'

type Answer = {
  id: string
  html: string | null
  state: 'proposed' | 'published' | 'declined' | 'withdrawn'
  by: HandleInfo | null
  decidedAt: Date | string | null
  postId: string | null
}
type Props = {
  answers: Answer[]
  caseId: string
  mine: boolean
  asker: string
  vendor: string
  question: { slug: string; number: number } | null
  may: { decide: boolean; serve: boolean }
}

/** Answers for the public question: the one that waits for the asker, and what became of the others. */
export function AnswersBack({ answers, ...about }: Props) {
  return answers.map((answer) =>
    answer.state === 'proposed' && answer.html !== null ? (
      <Proposed key={answer.id} answer={answer} html={answer.html} {...about} />
    ) : (
      <p key={answer.id} className="meta mt-4">
        {decided(answer, about.mine)}{' '}
        {answer.postId && about.question ? (
          <Link className="underline" to={paths.post(about.question.slug, about.question.number, answer.postId)}>
            {say('case.answer.published.see')}
          </Link>
        ) : null}
      </p>
    ),
  )
}

function Proposed({ answer, html, caseId, mine, asker, vendor, may }: Omit<Props, 'answers'> & { answer: Answer; html: string }) {
  const who = answer.by?.displayName ?? ''
  const fields = { answer: answer.id }
  return (
    <section aria-label={say('case.back')} id="answer" className="mt-7">
      <Card>
        <h2 className="text-prose">
          {mine ? say('case.answer.proposed.asker', { who }) : say('case.answer.proposed.staff', { name: asker })}
        </h2>
        <p className="meta mt-1 mb-4">
          {mine ? say('case.answer.proposed.asker.help', { who, vendor }) : say('case.answer.proposed.staff.help', { name: asker })}
        </p>
        <PostBody html={html} />
        <div className="btns mt-5">
          {mine && may.decide ? (
            <>
              <ActionButton
                action={paths.publishAnswerBack(caseId)}
                fields={fields}
                label={say('case.answer.publish')}
                icon={Check}
                variant="primary"
              />
              <ActionButton action={paths.declineAnswerBack(caseId)} fields={fields} label={say('case.answer.decline')} />
            </>
          ) : null}
          {!mine && may.serve ? (
            <ActionButton action={paths.withdrawAnswerBack(caseId)} fields={fields} label={say('case.answer.withdraw')} size="sm" />
          ) : null}
        </div>
      </Card>
    </section>
  )
}

function decided({ state, by, decidedAt }: Answer, mine: boolean): string {
  const said = { who: by?.displayName ?? '', day: decidedAt ? sayDay(decidedAt) : '' }
  if (state === 'published') return say('case.answer.published', said)
  if (state === 'withdrawn') return say('case.answer.withdrawn', said)
  return say(mine ? 'case.answer.declined.mine' : 'case.answer.declined', said)
}
