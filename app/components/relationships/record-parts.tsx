import type { ReactNode } from 'react'
import { Label } from '../ui'

/** A part of a side: a small heading over a hairline, and a number at its end. */
export function Part({ title, id, count, children }: { title: string; id?: string; count?: number; children: ReactNode }) {
  return (
    <div id={id} className="mt-6 [&>h3]:mb-2 [&>h3]:border-b [&>h3]:border-hairline [&>h3]:pb-1">
      <Label>
        <span className="flex w-full justify-between gap-2">
          <span>{title}</span>
          {count === undefined ? null : <span className="count num">{count}</span>}
        </span>
      </Label>
      {children}
    </div>
  )
}

/** Opens a form in its place, with or without JavaScript; it stands open where something was begun in it. */
export function Unfold({ label, begun = false, children }: { label: string; begun?: boolean; children: ReactNode }) {
  return (
    <details className="mt-2" open={begun}>
      <summary className="btn btn-sm w-fit list-none">{label}</summary>
      <div className="pt-3">{children}</div>
    </details>
  )
}

/** A line of numbers over the record. */
export function Strip({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="mb-7 grid grid-cols-2 border-y border-hairline md:grid-cols-4">
      {items.map((item) => (
        <div
          key={item.label}
          className="border-hairline px-5 pt-2.5 pb-3 max-md:odd:ps-0 max-md:even:border-s max-md:nth-[n+3]:border-t md:border-s md:first:border-0 md:first:ps-0"
        >
          <dt className="meta">{item.label}</dt>
          <dd className="m-0 font-[550]">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
