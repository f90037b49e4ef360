import { say } from '~/words'

/** How many said each of the five verdicts, from “warn” to “gladly”. */
export type Five = readonly [number, number, number, number, number]

const VERDICTS = ['ui.spread.1', 'ui.spread.2', 'ui.spread.3', 'ui.spread.4', 'ui.spread.5'] as const
const HEIGHT = 88

export function spreadSentence(counts: Five) {
  const [one, two, three, four, five] = counts
  return say('ui.spread.sentence', { total: one + two + three + four + five, one, two, three, four, five })
}

/** Five columns with their counts above and words below, what shares their axis (an IntervalDot) under them, and the same numbers as a table. */
export function Spread({
  counts,
  height = HEIGHT,
  table = true,
  children,
}: {
  counts: Five
  height?: number
  table?: boolean
  children?: React.ReactNode
}) {
  return (
    <>
      <div role="img" aria-label={spreadSentence(counts)}>
        <Columns counts={counts} height={height} words />
      </div>
      {children}
      {table ? <SpreadTable counts={counts} /> : null}
    </>
  )
}

/** The columns alone, small, for one dimension in a row of many; its numbers stand beside it. */
export function SpreadMini({ counts, height = 26 }: { counts: Five; height?: number }) {
  return (
    <div role="img" aria-label={spreadSentence(counts)} className="spread-mini">
      <Columns counts={counts} height={height} />
    </div>
  )
}

function Columns({ counts, height, words = false }: { counts: Five; height: number; words?: boolean }) {
  const most = Math.max(...counts, 1)
  return (
    <div className="spread" style={{ '--h': `${height}px` } as React.CSSProperties} aria-hidden="true">
      {counts.map((count, index) => {
        const tall = count === 0 ? 1 : Math.max(2, Math.round((count / most) * height))
        return (
          <div className="col" key={index}>
            <span className="n">{words ? count : null}</span>
            <svg>
              <rect
                x="12%"
                width="76%"
                y={height - tall}
                height={tall}
                fill={count === 0 ? 'var(--data-track)' : `var(--data-${index + 1})`}
              />
            </svg>
            {words ? <span className="cap">{say(VERDICTS[index] ?? 'ui.spread.3')}</span> : null}
          </div>
        )
      })}
    </div>
  )
}

function SpreadTable({ counts }: { counts: Five }) {
  return (
    <details className="mt-2">
      <summary className="btn-text w-fit">{say('ui.spread.table')}</summary>
      <table className="tbl tbl-tight mt-2">
        <thead>
          <tr>
            <th scope="col">{say('ui.spread.verdict')}</th>
            <th scope="col" className="r">
              {say('ui.spread.people')}
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count, index) => (
            <tr key={index}>
              <td>{say(VERDICTS[index] ?? 'ui.spread.3')}</td>
              <td className="r">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
