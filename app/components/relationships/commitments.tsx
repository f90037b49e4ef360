export type Commitment = {
  id: string
  title: string
  /** Done or promised by the customer, proposed by the vendor, or still to be named. */
  state: 'done' | 'promised' | 'proposed' | 'later'
  said: string
}

const RING = { done: 'done', promised: 'now', proposed: 'prop', later: 'later' } as const

/** Joined rings, filled when the customer did it. Nothing between two rings moves by itself. */
export function Commitments({ steps, label }: { steps: Commitment[]; label: string }) {
  return (
    <ol className="path" aria-label={label} style={{ '--steps': steps.length } as React.CSSProperties}>
      {steps.map((step) => (
        <li key={step.id} className={RING[step.state]}>
          <b>{step.title}</b>
          <span className="meta">{step.said}</span>
        </li>
      ))}
    </ol>
  )
}
