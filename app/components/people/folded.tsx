import type { ReactNode } from 'react'
import { say } from '~/words'

/** Words of somebody whom the reader has blocked: folded away, one press from being read. */
export function Folded({ when, who, children }: { when: boolean; who: string; children: ReactNode }) {
  if (!when) return children
  return (
    <details className="my-2">
      <summary className="meta cursor-pointer py-2">{say('accounts.blocked.folded', { who })}</summary>
      {children}
    </details>
  )
}
