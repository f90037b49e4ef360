import * as Dialog from '@radix-ui/react-dialog'
import { useState, type ReactNode } from 'react'
import { buttonClass } from './button'
import { PostForm, type Fields } from './post-form'

type Props = {
  opener: ReactNode
  openerClass: string
  title: string
  action: string
  fields?: Fields
  acts: ReactNode
  keepLabel: string
  children: ReactNode
}

export function ConfirmDialog({ opener, openerClass, title, action, fields, acts, keepLabel, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className={openerClass}>{opener}</Dialog.Trigger>
      <Dialog.Portal>
        {/* Radix's own overlay writes a style element, which the content policy refuses; styles.css holds the page still. */}
        <div className="scrim" aria-hidden="true" />
        <div className="dialog-stage">
          <Dialog.Content className="pop dialog" aria-describedby={undefined}>
            <Dialog.Title>{title}</Dialog.Title>
            <PostForm action={action} fields={fields} onSubmit={() => setOpen(false)}>
              <div className="soft grid gap-4">{children}</div>
              <div className="btns">
                <Dialog.Close type="button" className={buttonClass({ variant: 'quiet' })} autoFocus>
                  {keepLabel}
                </Dialog.Close>
                {acts}
              </div>
            </PostForm>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
