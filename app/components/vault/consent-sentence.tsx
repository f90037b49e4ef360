import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'
import { sayRich } from '~/app/words'

type Props = {
  who: string
  /** The fields as the person would name them: “role and team size”. */
  what: string
  /** A verb: “answer this question”. */
  why: string
  until: Date | string
  /** A live grant, a request put as a question, or what has ended. */
  kind?: 'live' | 'asked' | 'ended'
}

/** Who may read what, to do what, until when: one sentence, as one would say it. */
export function ConsentSentence({ who, what, why, until, kind = 'live' }: Props) {
  const date = sayChosenDay(until)
  if (kind === 'ended') {
    return (
      <p className="consent faint">
        <s>{say('ui.consent.ended', { who, what, why, until: date })}</s>
      </p>
    )
  }
  const drawn = sayRich(kind === 'asked' ? 'ui.consent.asked' : 'ui.consent.live', {
    whoName: who,
    whatName: what,
    whyName: why,
    untilDate: date,
    who: (chunks) => <span className="c-who">{chunks}</span>,
    what: (chunks) => <span className="c-what">{chunks}</span>,
    why: (chunks) => <b>{chunks}</b>,
    until: (chunks) => <time dateTime={new Date(until).toISOString()}>{chunks}</time>,
  })
  return <p className="consent">{drawn}</p>
}
