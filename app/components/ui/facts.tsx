import type { ReactNode } from 'react'

export type Fact = { label: string; value: string | null | undefined; said?: string | null }

/** What is known, line by line; nothing stands where nothing is known. `said`: from whom, or since when. */
export function Facts({ facts, children }: { facts: Fact[]; children?: ReactNode }) {
  return (
    <dl className="facts">
      {facts
        .filter(({ value }) => value)
        .map(({ label, value, said }, at) => (
          <div key={at}>
            <dt>{label}</dt>
            <dd className="wrap-anywhere whitespace-pre-line">
              <bdi>{value}</bdi>
              {said ? <span className="meta block">{said}</span> : null}
            </dd>
          </div>
        ))}
      {children}
    </dl>
  )
}
