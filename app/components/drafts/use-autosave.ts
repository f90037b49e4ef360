import { useEffect, useRef, useState, type RefObject } from 'react'
import { paths } from '~/app/paths'
import type { DraftKind } from '~/server/drafts/types'

/** A pause in typing; and how soon a save that failed is tried again. */
const PAUSE_MILLISECONDS = 900
const AGAIN_MILLISECONDS = 10_000

export type SavedAs = { id: string; version: number }
export type SaveState = 'still' | 'saved' | 'two-texts' | 'gone' | 'signed-out' | 'full' | 'failed'

type Place = { kind: DraftKind; subjectId: string }
type Answer = { id: string | null; version: number; others: number; gone: boolean } | { refused: string }

/** Keeps what is typed into the form around `marker`, whenever typing pauses and when the page is left. */
export function useAutosave(marker: RefObject<HTMLInputElement>, place: Place | null, begun: SavedAs, restored: boolean) {
  const [state, setState] = useState<SaveState>('still')
  const [saved, setSaved] = useState(begun)
  const latest = useRef(begun)
  const saveNow = useRef<() => void>(() => {})
  const { kind, subjectId } = place ?? {}
  useEffect(() => {
    const form = marker.current?.form
    if (!form || !kind || !subjectId) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let [dirty, busy, posting] = [false, false, false]

    const later = (milliseconds: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => void save(), milliseconds)
    }
    async function save(leaving = false) {
      clearTimeout(timer)
      if (!dirty || posting) return
      if (busy && !leaving) return later(PAUSE_MILLISECONDS)
      ;[dirty, busy] = [false, true]
      try {
        const answer = await fetch(paths.saveDraft(kind as DraftKind, subjectId as string), {
          method: 'POST',
          body: textOf(form as HTMLFormElement, latest.current),
          headers: { accept: 'application/json' },
          redirect: 'manual',
          keepalive: leaving,
        })
        told(answer.type === 'opaqueredirect' ? 'signed-out' : ((await answer.json()) as Answer))
      } catch {
        told('failed')
      }
      busy = false
    }
    function told(answer: 'signed-out' | 'failed' | Answer) {
      if (typeof answer === 'string') {
        dirty = true
        setState(answer)
        if (answer === 'failed') later(AGAIN_MILLISECONDS)
      } else if ('refused' in answer) {
        dirty = true
        setState(answer.refused === 'draft.tooMany' ? 'full' : 'failed')
      } else {
        dirty ||= answer.gone
        latest.current = { id: answer.id ?? '', version: answer.version }
        setSaved(latest.current)
        setState(answer.gone ? 'gone' : answer.others > 0 ? 'two-texts' : answer.id ? 'saved' : 'still')
      }
    }
    const typing = () => {
      ;[dirty, posting] = [true, false]
      later(PAUSE_MILLISECONDS)
    }
    const submitting = () => {
      posting = true
      clearTimeout(timer)
    }
    const leaving = () => void (document.visibilityState === 'hidden' && save(true))
    saveNow.current = () => {
      ;[dirty, posting] = [true, false]
      void save()
    }
    form.addEventListener('input', typing)
    form.addEventListener('submit', submitting)
    document.addEventListener('visibilitychange', leaving)
    if (restored || typedBefore(form)) typing()
    return () => {
      form.removeEventListener('input', typing)
      form.removeEventListener('submit', submitting)
      document.removeEventListener('visibilitychange', leaving)
      void save(true)
    }
  }, [marker, kind, subjectId, restored])
  return { state, saved, save: () => saveNow.current() }
}

/** Typed while the page was still getting ready. */
const typedBefore = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input[type=text]')].some(
    ({ value, defaultValue }) => value !== defaultValue,
  )

function textOf(form: HTMLFormElement, { id, version }: SavedAs): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
  fields.set('draftId', id)
  fields.set('draftVersion', String(version))
  return fields
}
