import { say } from '~/words'

type Estimate = { estimate: number; low: number; high: number }

/** An estimate of 1 to 5 with its 90% interval, on the axis of the spread above it. Say n beside it, always. */
export function IntervalDot({ estimate, low, high, name, n, small }: Estimate & { name?: string; n?: number; small?: boolean }) {
  const sentence =
    name && n !== undefined
      ? say('ui.scale.named', { name, estimate: oneDigit(estimate), low: oneDigit(low), high: oneDigit(high), n })
      : say('ui.scale.sentence', { estimate: oneDigit(estimate), low: oneDigit(low), high: oneDigit(high) })
  return (
    <svg className="scale" role="img" aria-label={sentence} style={small ? { height: 16 } : undefined}>
      <line x1="10%" x2="90%" y1="11" y2="11" stroke="var(--data-track)" strokeWidth="2" />
      {[1, 2, 3, 4, 5].map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1="8" y2="14" stroke="var(--edge)" />
      ))}
      <line x1={at(low)} x2={at(high)} y1="11" y2="11" stroke="var(--data-ink)" strokeWidth="4" strokeLinecap="round" />
      <circle cx={at(estimate)} cy="11" r={small ? 4 : 5.5} fill="var(--ink)" stroke="var(--paper)" strokeWidth={small ? 1.5 : 2} />
    </svg>
  )
}

/** A share of 0 to 1 with its interval. */
export function ShareDot({ estimate, low, high, sentence }: Estimate & { sentence: string }) {
  return (
    <svg className="scale" role="img" aria-label={sentence}>
      <line x1="0" x2="100%" y1="11" y2="11" stroke="var(--data-track)" strokeWidth="2" />
      <line x1={percent(low)} x2={percent(high)} y1="11" y2="11" stroke="var(--data-ink)" strokeWidth="4" strokeLinecap="round" />
      <circle cx={percent(estimate)} cy="11" r="5.5" fill="var(--ink)" stroke="var(--paper)" strokeWidth="2" />
    </svg>
  )
}

/** What parts make a whole: a bar and its numbers below. */
export function Basis({ parts, sentence }: { parts: { label: string; count: number }[]; sentence: string }) {
  const total = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.count, 0),
  )
  const fills = ['var(--data-5)', 'var(--data-4)', 'var(--data-3)', 'var(--data-track)']
  let from = 0
  return (
    <div>
      <svg width="100%" height="6" role="img" aria-label={sentence}>
        {parts.map((part, index) => {
          const x = from
          const width = part.count / total
          from += width
          return (
            <rect
              key={part.label}
              x={percent(x)}
              width={percent(Math.max(0, width - 0.004))}
              height="6"
              fill={fills[index] ?? 'var(--data-track)'}
            />
          )
        })}
      </svg>
      <dl className="mt-2 flex flex-wrap gap-x-7 gap-y-3">
        {parts.map((part) => (
          <div key={part.label}>
            <dt className="meta">{part.label}</dt>
            <dd className="num font-semibold">{part.count}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** One ink line with an end dot and a dotted target; first and last value belong in words beside it. */
export function Sparkline({
  values,
  target,
  sentence,
  height = 44,
}: {
  values: number[]
  target?: number
  sentence: string
  height?: number
}) {
  if (values.length < 2) return null
  const top = Math.max(...values, target ?? 0, 1)
  const y = (value: number) => (1 - value / top) * 100
  const last = values[values.length - 1] ?? 0
  const points = values.map((value, index) => `${((index / (values.length - 1)) * 100).toFixed(2)},${y(value).toFixed(2)}`).join(' ')
  return (
    <svg className="spark" style={{ height }} role="img" aria-label={sentence}>
      {target === undefined ? null : (
        <line x1="0" x2="100%" y1={`${y(target)}%`} y2={`${y(target)}%`} stroke="var(--edge)" strokeDasharray="2 4" />
      )}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" style={{ overflow: 'visible' }}>
        <polyline
          points={points}
          fill="none"
          stroke="var(--data-ink)"
          strokeWidth="1.75"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <circle cx="100%" cy={`${y(last)}%`} r="4" fill="var(--ink)" stroke="var(--paper)" strokeWidth="2" />
    </svg>
  )
}

/** What is left of something that ends, from 1 down to 0. */
export function Remaining({ share, soon, children }: { share: number; soon?: boolean; children: React.ReactNode }) {
  return (
    <div className={soon ? 'life soon' : 'life'}>
      <svg width="100%" height="4" aria-hidden="true">
        <rect width="100%" height="4" rx="2" fill="var(--data-track)" />
        <rect width={percent(share)} height="4" rx="2" fill={soon ? 'var(--caution)' : 'var(--data-ink)'} />
      </svg>
      <span className="meta">{children}</span>
    </div>
  )
}

function at(value: number) {
  return `${10 + ((Math.min(5, Math.max(1, value)) - 1) / 4) * 80}%`
}

function percent(share: number) {
  return `${Math.min(1, Math.max(0, share)) * 100}%`
}

function oneDigit(value: number) {
  return value.toFixed(1)
}
