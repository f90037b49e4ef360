import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** The mark: two seats, and the table's edge between them. */
export function Brand() {
  return (
    <Link className="brand" to={paths.home()}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M9.5 4.5a7.5 7.5 0 0 0 0 15z" fill="var(--side-member-line)" />
        <path d="M14.5 4.5a7.5 7.5 0 0 1 0 15z" fill="var(--side-vendor-line)" />
        <path d="M12 2.5v19" stroke="var(--ink)" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <span>{say('ui.brand')}</span>
    </Link>
  )
}
