import { IntervalDot, Spread, SpreadMini, spreadSentence } from '~/app/components/charts'
import type { Verdicts as Shown } from '~/server/recommendations/types'
import { say } from '~/words'
import { Disputed, NotInIt } from './not-in-it'
import { Split, evidenceOf, sourcesOf } from './split'

const oneDigit = (value: number) => value.toFixed(1)

/** The score with its interval, how the verdicts spread, what they rest on, and what is not in them. */
export function Verdicts({ verdicts: it }: { verdicts: Shown }) {
  return (
    <>
      {it.estimate && it.spread ? (
        <div className="verdict">
          <figure aria-labelledby="score">
            <Spread counts={it.spread} height={104}>
              <IntervalDot {...it.estimate} />
            </Spread>
            <figcaption id="score">
              <p className="est">
                <b>{oneDigit(it.estimate.estimate)}</b>
                <span className="num">
                  {say('recommendation.score.between', { low: oneDigit(it.estimate.low), high: oneDigit(it.estimate.high) })}
                </span>
              </p>
              <p className="meta mt-1">{say('recommendation.score.of', { n: it.n, organisations: it.organisations })}</p>
            </figcaption>
          </figure>
          <Dimensions of={it} />
        </div>
      ) : (
        <p className="mt-4 text-ink-soft">
          <b className="strong">{say('recommendation.score.few')}</b>{' '}
          {say('recommendation.score.few.why', { n: it.n, organisations: it.organisations })}
        </p>
      )}
      {it.estimate ? (
        <div className="mt-7 grid gap-6">
          <Split label={say('recommendation.split.evidence')} parts={evidenceOf(it.evidence)} />
          <Split label={say('recommendation.split.source')} parts={sourcesOf(it.sources)} />
          {it.quarters.length > 0 ? <OverTime quarters={it.quarters} /> : null}
        </div>
      ) : null}
      <NotInIt of={it} />
      <Disputed of={it.disputed} />
    </>
  )
}

function Dimensions({ of: { dimensions } }: { of: Shown }) {
  return (
    <div>
      {(['ease', 'support', 'value'] as const).map((name) => {
        const told = dimensions[name]
        if (!told) return null
        const { spread, estimate } = told
        const label = say(`recommendation.dimension.${name}`)
        return (
          <div className="dim" key={name}>
            <span>{label}</span>
            <div className="plot">
              <SpreadMini counts={spread} />
              <IntervalDot small name={label} {...estimate} />
            </div>
            <span className="v">
              <b>{oneDigit(estimate.estimate)}</b>{' '}
              <span className="meta">
                {say('recommendation.score.range', { low: oneDigit(estimate.low), high: oneDigit(estimate.high) })}
              </span>{' '}
              <br />
              <span className="meta">{say('recommendation.score.n', { n: estimate.n })}</span>
            </span>
          </div>
        )
      })}
    </div>
  )
}

function OverTime({ quarters }: { quarters: Shown['quarters'] }) {
  return (
    <details>
      <summary className="btn-text w-fit">{say('recommendation.quarters')}</summary>
      <p className="meta mt-2">{say('recommendation.quarters.why')}</p>
      <ul className="mt-2">
        {quarters.map(({ quarter, counts }) => (
          <li className="dim" key={quarter}>
            <span className="num">{say('recommendation.quarter', { year: quarter.slice(0, 4), quarter: quarter.slice(-1) })}</span>
            <div className="plot">
              <SpreadMini counts={counts} />
            </div>
            <span className="v meta">
              <span className="sr-only">{spreadSentence(counts)} </span>
              {say('recommendation.score.n', { n: counts.reduce((sum, each) => sum + each, 0) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
