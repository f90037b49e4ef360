import { Basis } from '~/app/components/charts'
import type { Verdicts } from '~/server/recommendations/types'
import { say } from '~/words'

const SOURCES = ['organic', 'portal-sample', 'whole-list', 'hand-picked', 'incentivised', 'imported'] as const
const EVIDENCE = ['relationship', 'document', 'screenshot', 'self-declared', 'none'] as const

type Part = { label: string; count: number }

export const sourcesOf = ({ parts, rest }: Verdicts['sources']): Part[] =>
  present(
    SOURCES.map((name) => ({ label: say(`recommendation.source.${name}`), count: parts[name] ?? 0 })),
    rest,
  )
export const evidenceOf = ({ parts, rest }: Verdicts['evidence']): Part[] =>
  present(
    EVIDENCE.map((name) => ({ label: say(`recommendation.evidence.${name}`), count: parts[name] ?? 0 })),
    rest,
  )

/** `rest`: all those together of whom there are too few to be told apart. */
const present = (parts: Part[], rest: number) =>
  [...parts, { label: say('recommendation.split.rest'), count: rest }].filter(({ count }) => count > 0)

export function Split({ label, parts }: { label: string; parts: Part[] }) {
  return (
    <div>
      <p className="meta mb-1.5">{label}</p>
      <Basis parts={parts} sentence={`${label}: ${parts.map((part) => `${part.count} ${part.label}`).join(', ')}`} />
    </div>
  )
}
