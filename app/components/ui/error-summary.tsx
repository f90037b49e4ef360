import { useEffect, useRef } from 'react'
import { say, sayError } from '~/words'
import { fieldId, type FieldErrors } from './field'
import { Icon } from './icon'
import { CircleAlert } from './icons'

/** What has to be mended, at the top of the form; takes focus when it appears. `form` names what no field can mend. */
export function ErrorSummary({ errors, labels }: { errors: FieldErrors; labels?: Record<string, string> }) {
  const box = useRef<HTMLDivElement>(null)
  const wrong = Object.entries(errors ?? {}).flatMap(([name, error]) => {
    const first = Array.isArray(error) ? error[0] : error
    return first ? [{ name, said: sayError(first) }] : []
  })
  const key = wrong.map(({ name, said }) => name + said).join()
  useEffect(() => {
    if (key) box.current?.focus()
  }, [key])
  if (wrong.length === 0) return null
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>
        <Icon of={CircleAlert} />
        {say('ui.errorSummary', { count: wrong.length })}
      </h2>
      <ul>
        {wrong.map(({ name, said }) => (
          <li key={name}>
            {name === 'form' || name === '' ? (
              said
            ) : (
              <a href={`#${fieldId(name)}`}>
                {labels?.[name] ? `${labels[name]}: ` : null}
                {said}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
