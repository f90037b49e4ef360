import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from './icon'
import type { LucideIcon } from './icons'

export function Tag({ to, children }: { to?: string; children: ReactNode }) {
  return to ? (
    <Link className="tag" to={to}>
      {children}
    </Link>
  ) : (
    <span className="tag">{children}</span>
  )
}

export function Tags({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <div className="tags" role={label ? 'group' : undefined} aria-label={label}>
      {children}
    </div>
  )
}

/** How a thing stands: an icon and a word, never a bare dot. */
export function State({
  kind,
  icon,
  children,
}: {
  kind?: 'ok' | 'wait' | 'bad' | 'off' | 'vendor'
  icon: LucideIcon
  children: ReactNode
}) {
  const tone = kind === 'vendor' ? 'state-v' : kind ? `state-${kind}` : ''
  return (
    <span className={`state ${tone}`}>
      <Icon of={icon} />
      {children}
    </span>
  )
}

/** A small heading inside a rail or a column. */
export function Label({ icon, level = 3, id, children }: { icon?: LucideIcon; level?: 2 | 3 | 4; id?: string; children: ReactNode }) {
  const Heading = `h${level}` as 'h2' | 'h3' | 'h4'
  return (
    <Heading className="label mb-2" id={id}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </Heading>
  )
}
