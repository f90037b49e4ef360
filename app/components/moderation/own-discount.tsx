import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

/** What holds of the viewer's own reports, until when, and where the statement is. */
export function OwnDiscount({ discount }: { discount: { until: Date | string; decisionId: string } | null }) {
  if (!discount) return null
  return (
    <p className="meta">
      {say('reporter.yours.holds', { day: sayMoment(discount.until) })}{' '}
      <Link to={paths.decision(discount.decisionId)}>{say('reporter.yours.why')}</Link>
    </p>
  )
}
