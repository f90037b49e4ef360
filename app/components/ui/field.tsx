import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react'
import { say, sayError } from '~/words'
import { Icon } from './icon'
import { ChevronDown, CircleAlert } from './icons'

export type FieldErrors = Record<string, string | string[] | undefined> | null | undefined

/** The first thing wrong with a field, in words. */
export function errorOf(errors: FieldErrors, name: string): string | undefined {
  const error = errors?.[name]
  const first = Array.isArray(error) ? error[0] : error
  return first ? sayError(first) : undefined
}

type Frame = {
  label: ReactNode
  name: string
  help?: ReactNode
  /** A key such as `required` or `tooLong:120`; said in words here. */
  error?: string | string[]
  optional?: boolean
  id?: string
  className?: string
}

type Wiring = { id: string; name: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

/** Label above, help and error below, wired together for those who hear the page. */
export function Field({
  label,
  name,
  help,
  error,
  optional,
  id,
  className,
  children,
}: Frame & { children: (wiring: Wiring) => ReactNode }) {
  const field = id ?? fieldId(name)
  const first = Array.isArray(error) ? error[0] : error
  const described = [first && `${field}-error`, help && `${field}-help`].filter(Boolean).join(' ')
  return (
    <div className={['field', className].filter(Boolean).join(' ')}>
      <label htmlFor={field}>
        {label} {optional ? <span className="opt">{say('ui.optional')}</span> : null}
      </label>
      {children({ id: field, name, 'aria-invalid': first ? true : undefined, 'aria-describedby': described || undefined })}
      {first ? <FieldError id={`${field}-error`}>{sayError(first)}</FieldError> : null}
      {help ? (
        <p className="help" id={`${field}-help`}>
          {help}
        </p>
      ) : null}
    </div>
  )
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="err" id={id}>
      <Icon of={CircleAlert} size="sm" />
      <span>{children}</span>
    </p>
  )
}

/** The id a field has when it is not given one; the error summary links to it. */
export function fieldId(name: string) {
  return `field-${name}`
}

type Own<T> = Omit<T, keyof Frame | 'children'>

export function TextInput({
  label,
  name,
  help,
  error,
  optional,
  id,
  className,
  ...rest
}: Frame & Own<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Field {...{ label, name, help, error, optional, id, className }}>
      {(wiring) => <input type="text" className="input" dir="auto" {...rest} {...wiring} required={rest.required} />}
    </Field>
  )
}

export function TextArea({
  label,
  name,
  help,
  error,
  optional,
  id,
  className,
  ...rest
}: Frame & Own<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  return (
    <Field {...{ label, name, help, error, optional, id, className }}>
      {(wiring) => <textarea className="textarea" dir="auto" {...rest} {...wiring} />}
    </Field>
  )
}

export type Choice = { value: string; label: ReactNode; help?: ReactNode; disabled?: boolean }

/** `options` as a list, or <option>s as children. */
export function Select({
  label,
  name,
  help,
  error,
  optional,
  id,
  className,
  options,
  children,
  ...rest
}: Frame &
  Own<SelectHTMLAttributes<HTMLSelectElement>> & {
    options?: { value: string; label: string; disabled?: boolean }[]
    children?: ReactNode
  }) {
  return (
    <Field {...{ label, name, help, error, optional, id, className }}>
      {(wiring) => (
        <span className="pick">
          <select className="select" {...rest} {...wiring}>
            {options?.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
            {children}
          </select>
          <Icon of={ChevronDown} />
        </span>
      )}
    </Field>
  )
}

/** One thing to agree to or leave; posts `value` (“on”) or nothing. */
export function Checkbox({ label, help, error, name, id, className, ...rest }: Frame & Own<InputHTMLAttributes<HTMLInputElement>>) {
  const made = useId()
  const field = id ?? `${fieldId(name)}-${made}`
  const first = Array.isArray(error) ? error[0] : error
  return (
    <div className={className}>
      <label className="choice" htmlFor={field}>
        <input
          type="checkbox"
          {...rest}
          id={field}
          name={name}
          aria-invalid={first ? true : undefined}
          aria-describedby={[first && `${field}-error`, help && `${field}-help`].filter(Boolean).join(' ') || undefined}
        />
        <span>{label}</span>
        {help ? (
          <span className="help" id={`${field}-help`}>
            {help}
          </span>
        ) : null}
      </label>
      {first ? <FieldError id={`${field}-error`}>{sayError(first)}</FieldError> : null}
    </div>
  )
}

type Group = Omit<Frame, 'optional'> & { options: Choice[]; optional?: boolean }

function ChoiceGroup({
  type,
  label,
  name,
  help,
  error,
  optional,
  id,
  className,
  options,
  picked,
  required,
}: Group & { type: 'radio' | 'checkbox'; picked: string[]; required?: boolean }) {
  const field = id ?? fieldId(name)
  const first = Array.isArray(error) ? error[0] : error
  const described = [first && `${field}-error`, help && `${field}-help`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className={['choices', className].filter(Boolean).join(' ')} id={field} aria-describedby={described} tabIndex={-1}>
      <legend>
        {label} {optional ? <span className="opt font-normal text-ink-faint">{say('ui.optional')}</span> : null}
      </legend>
      {help ? (
        <p className="help" id={`${field}-help`}>
          {help}
        </p>
      ) : null}
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input
            type={type}
            name={name}
            value={option.value}
            defaultChecked={picked.includes(option.value)}
            disabled={option.disabled}
            required={required}
          />
          <span>{option.label}</span>
          {option.help ? <span className="help">{option.help}</span> : null}
        </label>
      ))}
      {first ? <FieldError id={`${field}-error`}>{sayError(first)}</FieldError> : null}
    </fieldset>
  )
}

export function RadioGroup({ defaultValue, required, ...group }: Group & { defaultValue?: string; required?: boolean }) {
  return <ChoiceGroup {...group} type="radio" picked={defaultValue === undefined ? [] : [defaultValue]} required={required} />
}

export function CheckboxGroup({ defaultValues = [], ...group }: Group & { defaultValues?: string[] }) {
  return <ChoiceGroup {...group} type="checkbox" picked={defaultValues} />
}

/** Two to five exclusive acts, side by side. */
export function Segments({
  label,
  name,
  options,
  defaultValue,
  required,
}: {
  label: string
  name: string
  options: Choice[]
  defaultValue?: string
  required?: boolean
}) {
  return (
    <fieldset id={fieldId(name)} tabIndex={-1}>
      <legend className="mb-2">{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              disabled={option.disabled}
              required={required}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
