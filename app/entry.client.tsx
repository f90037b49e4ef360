import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode, useEffect } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { mannerFrom } from '~/words/manner'
import { readPatiently } from './live/patient-reading'

readPatiently()

const { lang, dataset } = document.documentElement
mannerFrom(() => ({ lang, timeZone: dataset.timeZone ?? 'UTC' }))

// When React takes over a page, it puts a long field that came with text back to that text. What was typed until then is typed again.
const typedEarly = new Map<HTMLTextAreaElement, string>()
const remember = ({ target }: Event) => void (target instanceof HTMLTextAreaElement && typedEarly.set(target, target.value))
for (const field of document.querySelectorAll('textarea')) if (field.value !== field.defaultValue) typedEarly.set(field, field.value)
document.addEventListener('input', remember, true)

function TypedEarly() {
  useEffect(() => {
    document.removeEventListener('input', remember, true)
    for (const [field, value] of typedEarly) {
      if (!field.isConnected || field.value === value) continue
      field.value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    typedEarly.clear()
  }, [])
  return null
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
      <TypedEarly />
    </StrictMode>,
  )
})
