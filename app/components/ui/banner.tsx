import type { ReactNode } from 'react'
import { Icon } from './icon'
import { CircleCheck, Info, OctagonAlert, Scale, TriangleAlert } from './icons'

const KINDS = {
  plain: { className: '', icon: Info },
  success: { className: 'banner-success', icon: CircleCheck },
  caution: { className: 'banner-caution', icon: TriangleAlert },
  danger: { className: 'banner-danger', icon: OctagonAlert },
  independent: { className: 'banner-i', icon: Scale },
} as const

/** Something to settle: it stays until it is. `end` holds its one act. */
export function Banner({
  kind = 'plain',
  end,
  role,
  children,
}: {
  kind?: keyof typeof KINDS
  end?: ReactNode
  role?: 'status' | 'alert'
  children: ReactNode
}) {
  const { className, icon } = KINDS[kind]
  return (
    <div className={`banner ${className}`} role={role}>
      <Icon of={icon} />
      <div>{children}</div>
      {end ? <div>{end}</div> : null}
    </div>
  )
}
