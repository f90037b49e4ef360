import type { ReactNode } from 'react'
import { useLocation } from '@remix-run/react'
import { buttonClass } from './button'
import { Icon } from './icon'
import type { LucideIcon } from './icons'
import { PostForm, useSending, type Fields } from './post-form'

type Props = {
  /** The resource route that does it. */
  action: string
  label: string
  /** Said instead of the label to those who hear the page, when the label alone would not do. */
  spoken?: string
  fields?: Fields
  icon?: LucideIcon
  iconOnly?: boolean
  /** For an act that is on or off: says so to those who hear the page. */
  pressed?: boolean
  variant?: 'default' | 'primary' | 'quiet' | 'danger' | 'danger-solid' | 'text'
  size?: 'sm'
  disabled?: boolean
  /** Where the act sends people back to; this page unless told otherwise. */
  next?: string
  className?: string
  children?: ReactNode
}

/** One act, one button: a form so small that it looks like one. */
export function ActionButton({
  action,
  label,
  spoken,
  fields,
  icon,
  iconOnly,
  pressed,
  variant,
  size,
  disabled,
  next,
  className,
  children,
}: Props) {
  const here = useLocation()
  const sending = useSending(action)
  return (
    <PostForm action={action} fields={{ next: next ?? here.pathname + here.search, ...fields }} preventScrollReset className="contents">
      <button
        type="submit"
        className={buttonClass({ variant, size, icon: iconOnly }, className)}
        aria-label={spoken ?? (iconOnly ? label : undefined)}
        aria-pressed={pressed}
        aria-busy={sending || undefined}
        disabled={disabled}
      >
        {icon ? <Icon of={icon} size={size} /> : null}
        {iconOnly ? null : label}
        {children}
      </button>
    </PostForm>
  )
}
