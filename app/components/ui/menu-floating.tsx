import * as Dropdown from '@radix-ui/react-dropdown-menu'
import { Link, useSubmit } from '@remix-run/react'
import { Icon } from './icon'
import type { MenuProps } from './menu'

export function FloatingMenu({ items, label, trigger, triggerClass }: Required<MenuProps>) {
  const submit = useSubmit()
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger className={triggerClass} aria-label={label}>
        {trigger}
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className="pop pop-menu z-20" align="end" sideOffset={6} loop>
          {items.map((item, index) => {
            if (item === 'rule') return <Dropdown.Separator key={index} asChild children={<hr />} />
            const inner = (
              <>
                {item.icon ? <Icon of={item.icon} /> : null}
                {item.label}
              </>
            )
            if ('to' in item)
              return (
                <Dropdown.Item key={item.label} asChild>
                  <Link to={item.to}>{inner}</Link>
                </Dropdown.Item>
              )
            const fields = Object.fromEntries(
              Object.entries(item.fields ?? {}).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])),
            )
            return (
              <Dropdown.Item key={item.label} onSelect={() => submit(fields, { method: 'post', action: item.action })}>
                {inner}
              </Dropdown.Item>
            )
          })}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  )
}
