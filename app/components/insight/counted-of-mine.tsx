import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { CountedOfMe } from '~/server/insight'
import { say } from '~/words'
import { Section } from '../ui'

type Counted = Omit<CountedOfMe, 'at'>

/** For a member: which of their acts a vendor counts for the companies they work for. */
export function CountedOfMine({ counted, vendor }: { counted: Counted[]; vendor: string }) {
  const companies = [...new Set(counted.map(({ company }) => company))]
  if (companies.length === 0) return null
  return (
    <Section side="vendor" title={say('health.mine')} id="counted" className="mb-8 [&_h2]:text-prose">
      {companies.map((company) => (
        <div key={company} className="mb-4 last:mb-0">
          <p className="meta mb-1">{say('health.mine.why', { vendor, company })}</p>
          <ul>
            {counted
              .filter((row) => row.company === company)
              .map((row, nth) => (
                <li key={nth} className="wrap-anywhere border-t border-hairline py-1.5 first:border-0">
                  {sentence(row)}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </Section>
  )
}

function sentence({ company, measure, part, n, good, words, thread, recommendation }: Counted): ReactNode {
  if (measure === 'roles' && part) return say(`health.mine.role.${part}`, { company })
  if (measure === 'active') return say('health.mine.active', { days: n ?? 0 })
  const to = thread ? paths.thread(thread.slug, thread.number) : recommendation ? paths.recommendation(recommendation) : null
  const title = to ? (
    <Link to={to}>
      <bdi>{words}</bdi>
    </Link>
  ) : (
    say('health.mine.untitled')
  )
  if (measure === 'questions') return sayRich(good ? 'health.mine.satisfied' : 'health.mine.unanswered', { title })
  return sayRich('health.mine.recommendation', { title, verdict: n ?? 0 })
}
