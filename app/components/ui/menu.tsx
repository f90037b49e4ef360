import { Link } from '@remix-run/react'
import { useRef, useState, type ReactNode } from 'react'
import { say } from '~/words'
import { buttonClass } from './button'
import { Disclosure, useBetterHalf } from './disclosure'
import { Icon } from './icon'
import { Ellipsis, type LucideIcon } from './icons'
import { PostForm, type Fields } from './post-form'

export type MenuItem =
  'rule' | { label: string; icon?: LucideIcon; to: string } | { label: string; icon?: LucideIcon; action: string; fields?: Fields }

export type MenuProps = { label?: string; trigger?: ReactNode; triggerClass?: string; items: MenuItem[] }

/** The lesser acts on a thing. A <details> of links and forms; a menu with its keys where there is JavaScript. */
export function Menu(props: MenuProps) {
  const box = useRef<HTMLSpanElement>(null)
  const [Floating, setFloating] = useState<{ Menu: typeof import('./menu-floating').FloatingMenu }>()
  useBetterHalf(
    () => import('./menu-floating'),
    () => Boolean(box.current?.querySelector('details[open]') || box.current?.contains(document.activeElement)),
    (half) => setFloating({ Menu: half.FloatingMenu }),
  )
  const label = props.label ?? say('ui.more')
  const trigger = props.trigger ?? <Icon of={Ellipsis} />
  const triggerClass = props.triggerClass ?? buttonClass({ variant: 'quiet', size: 'sm', icon: true })
  if (Floating) return <Floating.Menu items={props.items} label={label} trigger={trigger} triggerClass={triggerClass} />
  return (
    <span ref={box} className="contents">
      <Disclosure summary={trigger} summaryClass={triggerClass} label={label}>
        <div className="pop pop-menu menu-pop">
          {props.items.map((item, index) =>
            item === 'rule' ? (
              <hr key={index} />
            ) : 'to' in item ? (
              <Link key={item.label} to={item.to}>
                {item.icon ? <Icon of={item.icon} /> : null}
                {item.label}
              </Link>
            ) : (
              <PostForm key={item.label} action={item.action} fields={item.fields}>
                <button type="submit">
                  {item.icon ? <Icon of={item.icon} /> : null}
                  {item.label}
                </button>
              </PostForm>
            ),
          )}
        </div>
      </Disclosure>
    </span>
  )
}
