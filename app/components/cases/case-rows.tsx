import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'
import { Who } from '../people'
import type { HandleInfo } from '../people/seat'
import { RelativeTime, Rows } from '../ui'
import { CaseState } from './case-state'

type Row = {
  caseId: string
  title: string | null
  state: 'waiting-vendor' | 'waiting-asker' | 'closed'
  asker: HandleInfo | null
  vendorName: string
  since: Date | string
  due: { at: Date | string; late: boolean } | null
  offered: boolean
  assigned: { by: HandleInfo; mine: boolean } | null
}

/** Private cases, dense: what was asked, whose turn it is and since when, and for staff with whom and who has it. */
export function CaseRows({ cases, label, mine }: { cases: Row[]; label: string; mine: boolean }) {
  return (
    <Rows label={label}>
      {cases.map((one) => (
        <li key={one.caseId} className="py-3">
          <h2 className="font-serif text-[1.0625rem] leading-6 font-semibold wrap-anywhere" dir="auto">
            <Link className="no-underline hover:underline" to={paths.caseOf(one.caseId)}>
              {one.title ?? say('case.withheld')}
            </Link>
          </h2>
          <p className="meta mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex flex-wrap items-center gap-x-1.5">
              <CaseState state={one.state} mine={mine} vendor={one.vendorName} asker={one.asker?.displayName ?? ''} />
              <RelativeTime at={one.since} />
            </span>
            {one.due ? <span>{say(one.due.late ? 'case.list.wasDue' : 'case.list.due', { moment: sayMoment(one.due.at) })}</span> : null}
            {one.offered && one.state !== 'closed' ? <span>{say('case.list.offered')}</span> : null}
            {mine ? <span>{one.vendorName}</span> : one.asker ? <Who who={one.asker} short /> : null}
            {!mine && one.assigned ? (
              <span>{one.assigned.mine ? say('case.taken.mine') : say('case.taken.by', { who: one.assigned.by.displayName })}</span>
            ) : null}
          </p>
        </li>
      ))}
    </Rows>
  )
}
