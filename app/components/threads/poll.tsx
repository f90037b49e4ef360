import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { PollShown } from '~/server/threads/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { Button, Check, Icon, PostForm } from '../ui'

type Shown = Omit<PollShown, 'lastDay'> & { lastDay: Date | string }
type Props = { poll: Shown; visitorMay: boolean }

/** Under a question: its poll. How it stands is told to whoever has voted, and to everybody once it is closed, from five voters on. */
export function Poll({ poll, visitorMay }: Props) {
  const known = poll.voted || poll.closed
  const may = poll.may.vote || (visitorMay && !poll.closed)
  return (
    <section className="card poll" id={`poll-${poll.number}`} aria-labelledby={`poll-heading-${poll.number}`}>
      <h2 className="text-prose" id={`poll-heading-${poll.number}`} dir="auto">
        {poll.question}
      </h2>
      <p className="meta">
        {say(poll.closed ? 'poll.isClosed' : 'poll.closes', { day: sayDay(poll.lastDay) })}{' '}
        <span className="num">{say('poll.voters', { count: poll.voters })}</span>
      </p>
      {known ? <Standing poll={poll} /> : null}
      {known && !poll.counted && poll.voters > 0 ? <p className="meta">{say('poll.fewVoters')}</p> : null}
      {may ? (
        known ? (
          <details className="mt-4">
            <summary className="btn-text">{say('poll.again')}</summary>
            <Ballot poll={poll} />
          </details>
        ) : (
          <Ballot poll={poll} />
        )
      ) : null}
      {may && !known ? <p className="meta">{say('poll.anonymous')}</p> : null}
      {poll.may.edit ? (
        <p className="meta">
          <Link className="underline" to={paths.poll(poll.number)}>
            {say('poll.change')}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

function Ballot({ poll }: { poll: Shown }) {
  const one = poll.most === 1
  return (
    <PostForm action={paths.voteInPoll(poll.number)} className="mt-3 grid gap-4" preventScrollReset>
      <fieldset className="choices">
        <legend className="meta">{one ? say('poll.one') : say('poll.several', { most: poll.most })}</legend>
        {poll.choices.map(({ id, label, mine }) => (
          <label className="choice" key={id}>
            <input type={one ? 'radio' : 'checkbox'} name="choice" value={id} defaultChecked={mine} required={one} />
            <span dir="auto" className="wrap-anywhere">
              {label}
            </span>
          </label>
        ))}
      </fieldset>
      <div className="btns">
        <Button>{say('poll.vote')}</Button>
      </div>
    </PostForm>
  )
}

function Standing({ poll }: { poll: Shown }) {
  return (
    <ul className="standing" aria-label={say(poll.counted ? 'poll.standing' : 'poll.choices')}>
      {poll.choices.map(({ id, label, votes, mine }) => {
        const part = poll.voters > 0 ? (votes ?? 0) / poll.voters : 0
        return (
          <li key={id}>
            <span dir="auto" className="wrap-anywhere">
              {label}{' '}
              {mine ? (
                <span className="state-ok meta">
                  <Icon of={Check} size="sm" /> {say('poll.mine')}
                </span>
              ) : null}
            </span>
            {votes === null ? null : (
              <>
                <span className="meta num">{say('poll.count', { count: votes, part: Math.round(part * 100) })}</span>
                <span className="share" aria-hidden>
                  <span style={{ inlineSize: `${part * 100}%` }} />
                </span>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
