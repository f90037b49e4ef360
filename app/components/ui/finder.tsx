import { Form } from '@remix-run/react'
import { Button } from './button'
import { TextInput } from './field'

/** Looks for something in the list below it. */
export function Finder({ label, find, sought }: { label: string; find: string; sought: string }) {
  return (
    <Form className="mb-6 flex max-w-[28rem] items-end gap-3">
      <TextInput type="search" label={label} name="q" defaultValue={sought} className="grow" />
      <Button>{find}</Button>
    </Form>
  )
}
