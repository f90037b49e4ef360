import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { say } from '~/words'

export type Side = 'member' | 'vendor' | 'independent'

const SECTION = { member: 'sect-m', vendor: 'sect-v', independent: 'sect-i' } as const

/** The page: its width and gutters. */
export function Wrap({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={['wrap', className].filter(Boolean).join(' ')}>{children}</div>
}

/** Where one is, what this is, and the acts that belong to the whole page. */
export function PageHead({
  title,
  lede,
  crumbs,
  end,
  children,
}: {
  title: ReactNode
  lede?: ReactNode
  crumbs?: Crumb[]
  end?: ReactNode
  children?: ReactNode
}) {
  return (
    <>
      {crumbs ? <Crumbs items={crumbs} /> : null}
      <header className={`flex flex-wrap items-end justify-between gap-6 pb-7 ${crumbs ? 'pt-3' : 'pt-8'}`}>
        <div className="min-w-0">
          <h1 className="title">{title}</h1>
          {lede ? <p className="lede mt-1.5">{lede}</p> : null}
          {children}
        </div>
        {end ? <div className="btns">{end}</div> : null}
      </header>
    </>
  )
}

/** A newspaper's section: a 2 px rule of ink, or of its side's colour, then a heading. */
export function Section({
  title,
  side,
  end,
  thin,
  id,
  level = 2,
  className,
  children,
}: {
  title?: ReactNode
  side?: Side
  end?: ReactNode
  thin?: boolean
  id?: string
  level?: 2 | 3
  className?: string
  children: ReactNode
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const heading = id ? `${id}-heading` : undefined
  return (
    <section
      id={id}
      aria-labelledby={title && heading ? heading : undefined}
      className={['sect', thin && 'sect-thin', side && SECTION[side], className].filter(Boolean).join(' ')}
    >
      {title ? (
        <div className="sect-head mb-3">
          <Heading id={heading}>{title}</Heading>
          {end}
        </div>
      ) : null}
      {children}
    </section>
  )
}

/** Text and rail: the rail stands beside the text from 1024 px and comes last below. */
export function Columns({ rail, label, children }: { rail: ReactNode; label?: string; children: ReactNode }) {
  return (
    <div className="cols cols-rail">
      <div className="min-w-0">{children}</div>
      <aside className="rail grid content-start gap-9" aria-label={label}>
        {rail}
      </aside>
    </div>
  )
}

/** A box: “answer this”, or a thing to take in the hand. Sections want <Section>. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={['card', className].filter(Boolean).join(' ')}>{children}</div>
}

/** Things one under another, parted by hairlines. */
export function Rows({
  children,
  ordered,
  label,
  className,
}: {
  children: ReactNode
  ordered?: boolean
  label?: string
  className?: string
}) {
  const List = ordered ? 'ol' : 'ul'
  return (
    <List className={['rows', className].filter(Boolean).join(' ')} aria-label={label}>
      {children}
    </List>
  )
}

export type Crumb = { to: string; label: string }

export function Crumbs({ items }: { items: Crumb[] }) {
  return (
    <nav aria-label={say('ui.breadcrumbs')}>
      <ol className="crumbs">
        {items.map((item) => (
          <li key={item.to}>
            <Link to={item.to} prefetch="intent">
              {item.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Nothing yet: what belongs here, why it is worth it, and the one act. */
export function Empty({
  title,
  children,
  action,
  level = 2,
}: {
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  level?: 2 | 3
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="empty">
      <Heading className="text-prose mb-1.5">{title}</Heading>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}
