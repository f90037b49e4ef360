import { Link, useLocation } from '@remix-run/react'
import { sayNumber } from '~/words'

export type Tab = { to: string; label: string; count?: number | string | null; current?: boolean }

/** Parts of one subject, each with its own address. The current one is found by its path, unless told. */
export function Tabs({ label, items, className }: { label: string; items: Tab[]; className?: string }) {
  const here = useCurrent()
  return (
    <nav className={['tabs', className].filter(Boolean).join(' ')} aria-label={label}>
      {items.map((item) => (
        <Link key={item.to} to={item.to} prefetch="intent" aria-current={here(item) ? 'page' : undefined}>
          {item.label}
          {item.count === undefined || item.count === null ? null : (
            <span className="count">{typeof item.count === 'number' ? sayNumber(item.count) : item.count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}

/** Ways to order or narrow one list. */
export function Sorts({ label, items }: { label: string; items: Tab[] }) {
  const here = useCurrent()
  return (
    <nav className="sorts meta" aria-label={label}>
      {items.map((item) => (
        <Link key={item.to} to={item.to} preventScrollReset aria-current={here(item) ? 'true' : undefined}>
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

function useCurrent() {
  const { pathname, search } = useLocation()
  return (item: Tab) => item.current ?? (item.to === pathname || item.to === pathname + search)
}
