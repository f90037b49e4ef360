import type { ReactNode } from 'react'
import { ChevronDown, Icon } from '../ui'

/** A part that opens in its place, with how much is in it. */
export function Folded({ label, count, children }: { label: string; count?: number; children: ReactNode }) {
  return (
    <details className="group border-t border-hairline py-3">
      <summary className="flex cursor-pointer list-none items-center gap-2 font-medium">
        <Icon of={ChevronDown} className="-rotate-90 group-open:rotate-0 rtl:rotate-90" />
        {label} {count === undefined ? null : <span className="faint num font-normal">{count}</span>}
      </summary>
      {children}
    </details>
  )
}
