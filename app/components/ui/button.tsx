import { Link, type LinkProps } from '@remix-run/react'
import type { ButtonHTMLAttributes } from 'react'

type Looks = {
  variant?: 'default' | 'primary' | 'quiet' | 'danger' | 'danger-solid' | 'text'
  size?: 'sm'
  /** Square, with an icon alone: give it an aria-label. */
  icon?: boolean
}

export function buttonClass({ variant = 'default', size, icon }: Looks, more?: string) {
  if (variant === 'text') return ['btn-text', more].filter(Boolean).join(' ')
  return ['btn', variant !== 'default' && `btn-${variant}`, size && 'btn-sm', icon && 'btn-icon', more].filter(Boolean).join(' ')
}

export function Button({ variant, size, icon, className, type = 'submit', ...rest }: Looks & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type={type} className={buttonClass({ variant, size, icon }, className)} {...rest} />
}

export function ButtonLink({ variant, size, icon, className, ...rest }: Looks & LinkProps) {
  return <Link className={buttonClass({ variant, size, icon }, className)} {...rest} />
}

/** Buttons side by side, wrapping where there is no room. */
export function Buttons({ children, className }: { children: React.ReactNode; className?: string }) {
  return <div className={['btns', className].filter(Boolean).join(' ')}>{children}</div>
}
