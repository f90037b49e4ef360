import { useRef, useState, type ReactNode } from 'react'
import { say } from '~/words'
import { Button, buttonClass } from './button'
import { useBetterHalf } from './disclosure'
import { Icon } from './icon'
import type { LucideIcon } from './icons'
import { PostForm, type Fields } from './post-form'

export type ConfirmProps = {
  /** On the button that opens it: the verb, and whom it touches. */
  label: string
  icon?: LucideIcon
  size?: 'sm'
  variant?: 'danger' | 'default' | 'quiet' | 'text'
  /** The question. */
  title: string
  /** What will happen and to whom; may hold fields. */
  children: ReactNode
  action: string
  fields?: Fields
  confirmLabel: string
  keepLabel?: string
  /** True when the act takes something away. */
  grave?: boolean
}

/** An act that asks first. It opens in its place without JavaScript, and as a dialog with it. */
export function Confirm(props: ConfirmProps) {
  const box = useRef<HTMLDetailsElement>(null)
  const [Half, setHalf] = useState<{ Dialog: typeof import('./confirm-dialog').ConfirmDialog }>()
  useBetterHalf(
    () => import('./confirm-dialog'),
    () => Boolean(box.current?.open || box.current?.contains(document.activeElement)),
    (half) => setHalf({ Dialog: half.ConfirmDialog }),
  )
  const { label, icon, size, variant = 'danger', title, children, action, fields, confirmLabel, grave = true } = props
  const opener = (
    <>
      {icon ? <Icon of={icon} size={size} /> : null}
      {label}
    </>
  )
  const acts = <Button variant={grave ? 'danger-solid' : 'primary'}>{confirmLabel}</Button>
  if (Half) {
    return (
      <Half.Dialog
        opener={opener}
        openerClass={buttonClass({ variant, size })}
        title={title}
        action={action}
        fields={fields}
        acts={acts}
        keepLabel={props.keepLabel ?? say('ui.keepIt')}
      >
        {children}
      </Half.Dialog>
    )
  }
  return (
    <details className="ask-first" ref={box}>
      <summary className={buttonClass({ variant, size })}>{opener}</summary>
      <div className="card">
        <h3 className="text-prose mb-1.5">{title}</h3>
        <PostForm action={action} fields={fields} className="grid gap-4">
          <div className="soft">{children}</div>
          <div className="btns">{acts}</div>
        </PostForm>
      </div>
    </details>
  )
}
