import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { ReasonShown } from '~/server/insight'
import { say } from '~/words'
import { State, TriangleAlert } from '../ui'

type Reason = Pick<ReasonShown, 'kind' | 'figures' | 'caps'> & Partial<Pick<ReasonShown, 'words' | 'contact' | 'opportunity'>>

/** Why an account is to be looked at now, each with what it is about. */
export function Reasons({ reasons, vendorSlug }: { reasons: Reason[]; vendorSlug: string }) {
  if (reasons.length === 0) return <p className="soft">{say('health.reasons.none')}</p>
  return (
    <ul className="rows">
      {reasons.map((reason) => (
        <li key={reason.kind} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
          <span className="min-w-0">
            {sayReason(reason)}
            <About reason={reason} vendorSlug={vendorSlug} />
          </span>
          {reason.caps ? (
            <State kind="bad" icon={TriangleAlert}>
              {say('health.reason.caps')}
            </State>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

export function sayReason({ kind, figures: [first = 0, second = 0] }: Reason): string {
  if (kind === 'fewer-active') return say('health.reason.fewer-active', { before: first, now: second })
  return say(`health.reason.${kind}`, { days: first })
}

function About({ reason: { words, contact, opportunity }, vendorSlug }: { reason: Reason; vendorSlug: string }) {
  if (!words) return null
  const to = contact ? paths.contactPage(vendorSlug, contact) : opportunity ? paths.opportunity(opportunity) : null
  return (
    <span className="meta block">
      {to ? (
        <Link to={to}>
          <bdi className="wrap-anywhere">{words}</bdi>
        </Link>
      ) : (
        <bdi className="wrap-anywhere">{words}</bdi>
      )}
    </span>
  )
}
