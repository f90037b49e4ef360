import type { LucideIcon } from 'lucide-react'

/** An icon beside a word: hidden from those who hear the page, because the word says it. */
export function Icon({ of: Shape, size, className }: { of: LucideIcon; size?: 'sm' | 'lg'; className?: string }) {
  return (
    <Shape
      aria-hidden="true"
      focusable="false"
      strokeWidth={1.75}
      className={['i', size && `i-${size}`, className].filter(Boolean).join(' ')}
    />
  )
}

/** Words for those who hear the page only. */
export function Hush({ children }: { children: React.ReactNode }) {
  return <span className="hush">{children}</span>
}
