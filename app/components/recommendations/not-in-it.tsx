import type { Verdicts } from '~/server/recommendations/types'
import { say } from '~/words'

/** What was written and does not count, by reason: nothing is held back in silence. */
export function NotInIt({ of: { unscored, withheld, withdrawn } }: { of: Pick<Verdicts, 'unscored' | 'withheld' | 'withdrawn'> }) {
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
export function Disputed({ of: { waiting, upheld, declined } }: { of: Verdicts['disputed'] }) {
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
