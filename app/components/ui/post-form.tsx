import { Form, useFormAction, useNavigation, type FormProps } from '@remix-run/react'

export type Fields = Record<string, string | number | boolean | null | undefined>

export function HiddenFields({ fields }: { fields?: Fields }) {
  return (
    <>
      {Object.entries(fields ?? {}).map(([name, value]) =>
        value === null || value === undefined ? null : <input key={name} type="hidden" name={name} value={String(value)} />,
      )}
    </>
  )
}

/**
 * A form that posts, with or without JavaScript, and carries fields that nobody has to type.
 * A second press while the first is on its way does nothing.
 */
export function PostForm({ fields, children, onSubmit, ...rest }: Omit<FormProps, 'method'> & { fields?: Fields }) {
  const action = useFormAction(rest.action)
  const { state, formAction, formMethod } = useNavigation()
  const onItsWay = state === 'submitting' && formMethod === 'POST' && formAction === action
  return (
    <Form
      method="post"
      {...rest}
      aria-busy={onItsWay || undefined}
      onSubmit={(event) => {
        if (onItsWay) event.preventDefault()
        else onSubmit?.(event)
      }}
    >
      <HiddenFields fields={fields} />
      {children}
    </Form>
  )
}

/** True while a form of this page is on its way to `action`. */
export function useSending(action: string) {
  const { state, formAction, formMethod } = useNavigation()
  return state !== 'idle' && formMethod === 'POST' && formAction?.split('?')[0] === action.split('?')[0]
}
