import { useEffect, useRef } from 'react'
import { hasWords, say, sayError } from '~/words'
import { fieldId } from './field'
import { Icon } from './icon'
import { CircleAlert } from './icons'

type Errors = Record<string, string | string[] | number | undefined> | null | undefined

/** What has to be mended, at the top of the form; takes focus when it appears. `form` names what no field can mend. */
export function ErrorSummary({ errors, labels }: { errors: Errors; labels?: Record<string, string> }) {
  const box = useRef<HTMLDivElement>(null)
  const wrong = wrongOnes(errors)
  const key = wrong.map(({ name, said }) => name + said).join()
  useEffect(() => {
    if (key) box.current?.focus()
  }, [key])
  if (wrong.length === 0) return null
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>
        <Icon of={CircleAlert} />
        {wrong.every(({ name }) => name === 'form') ? say('ui.notDone') : say('ui.errorSummary', { count: wrong.length })}
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

// A refusal of the whole form brings the numbers of its sentence along: `{ form: 'tooOften', minutes: 5 }`.
function wrongOnes(errors: Errors) {
  const entries = Object.entries(errors ?? {}).flatMap(([name, error]) => {
    const first = Array.isArray(error) ? error[0] : error
    return first === undefined || first === '' ? [] : [{ name, first: String(first) }]
  })
  const isError = ({ name, first }: { name: string; first: string }) => name === 'form' || hasWords(`error.${first.split(':')[0]}`)
  const values = Object.fromEntries(
    entries.filter((entry) => !isError(entry)).map(({ name, first }) => [name, Number.isNaN(Number(first)) ? first : Number(first)]),
  )
  return entries.filter(isError).map(({ name, first }) => ({ name, said: sayError(first, values) }))
}
