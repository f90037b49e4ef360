import type { Side } from '../ui'

const SHAPE = { member: 'av-m', vendor: 'av-v', independent: 'av-i' } as const

/** Initials in the shape of a side: round, square, eight-sided. The name stands beside it, so it is silent. */
export function Portrait({
  name,
  side = 'member',
  size,
  className,
}: {
  name: string
  side?: Side
  size?: 'sm' | 'lg'
  className?: string
}) {
  return (
    <span className={['av', SHAPE[side], size && `av-${size}`, className].filter(Boolean).join(' ')} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const [first, second] = words
  if (!first) return '·'
  const letters = second ? firstLetter(first) + firstLetter(second) : [...first].slice(0, 2).join('')
  return letters.toLocaleUpperCase('en')
}

function firstLetter(word: string) {
  return [...word][0] ?? ''
}
