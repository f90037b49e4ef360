import { Basis, IntervalDot, Spread, SpreadMini, spreadSentence } from '~/app/components/charts'
import type { Verdicts as Shown } from '~/server/recommendations/types'
import { say } from '~/words'

const SOURCES = ['organic', 'portal-sample', 'whole-list', 'hand-picked', 'incentivised', 'imported'] as const
const EVIDENCE = ['relationship', 'document', 'screenshot', 'self-declared', 'none'] as const
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
          <Split
            label={say('recommendation.split.evidence')}
            of={EVIDENCE.map((name) => [say(`recommendation.evidence.${name}`), it.evidence.parts[name] ?? 0])}
            rest={it.evidence.rest}
          />
          <Split
            label={say('recommendation.split.source')}
            of={SOURCES.map((name) => [say(`recommendation.source.${name}`), it.sources.parts[name] ?? 0])}
            rest={it.sources.rest}
          />
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

/** `rest`: all those together of whom there are too few to be told apart. */
function Split({ label, of, rest }: { label: string; of: [string, number][]; rest: number }) {
  const all: [string, number][] = [...of, [say('recommendation.split.rest'), rest]]
  const parts = all.flatMap(([name, count]) => (count > 0 ? [{ label: name, count }] : []))
  return (
    <div>
      <p className="meta mb-1.5">{label}</p>
      <Basis parts={parts} sentence={`${label}: ${parts.map((part) => `${part.count} ${part.label}`).join(', ')}`} />
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

/** What was written and does not count, by reason: nothing is held back in silence. */
function NotInIt({ of: { unscored, withheld, withdrawn } }: { of: Shown }) {
  const lines = [
    ...(unscored.partner ? [say('recommendation.unscored.partner', { count: unscored.partner })] : []),
    ...(unscored.conflict ? [say('recommendation.unscored.conflict', { count: unscored.conflict })] : []),
    ...withheld.map(({ reason, count }) =>
      say('recommendation.withheld', { count, rule: reason in RULES ? say(RULES[reason as keyof typeof RULES]) : reason }),
    ),
    ...(withdrawn ? [say('recommendation.withdrawn', { count: withdrawn })] : []),
  ]
  return (
    <div className="mt-5">
      <p className="meta">{say('recommendation.notInIt')}</p>
      <ul className="meta">
        {lines.length === 0 ? <li>{say('recommendation.notInIt.none')}</li> : lines.map((line) => <li key={line}>{line}</li>)}
      </ul>
    </div>
  )
}

/** What the vendor would not have, and what became of that. */
function Disputed({ of: { waiting, upheld, declined } }: { of: Shown['disputed'] }) {
  const lines = [
    ...(waiting ? [say('dispute.counted.waiting', { count: waiting })] : []),
    ...(upheld ? [say('dispute.counted.upheld', { count: upheld })] : []),
    ...(declined ? [say('dispute.counted.declined', { count: declined })] : []),
  ]
  return (
    <div className="mt-5">
      <p className="meta">{say('dispute.counted')}</p>
      <ul className="meta">
        {lines.length === 0 ? <li>{say('dispute.counted.none')}</li> : lines.map((line) => <li key={line}>{line}</li>)}
      </ul>
    </div>
  )
}

const RULES = {
  civil: 'moderation.rule.civil',
  private: 'moderation.rule.private',
  advertising: 'moderation.rule.advertising',
  disclosure: 'moderation.rule.disclosure',
  false: 'moderation.rule.false',
  'off-topic': 'moderation.rule.off-topic',
  law: 'moderation.rule.law',
} as const
