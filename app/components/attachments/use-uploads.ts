import { useEffect, useRef, useState, type RefObject } from 'react'
import { paths } from '~/app/paths'
import type { FilePlace, FileShown } from '~/server/attachments/types'
import { say } from '~/words'

type Sending = { key: number; name: string; part: number }
type Answer = { files?: FileShown[]; refused?: string; errors?: Record<string, string> }

/** Sends what is chosen, pasted or dropped, one after another; pictures stand in the text where the caret was. */
export function useUploads({ kind, subjectId }: FilePlace, input: RefObject<HTMLInputElement>) {
  const [added, setAdded] = useState<FileShown[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const [sending, setSending] = useState<Sending[]>([])
  const [said, setSaid] = useState('')
  const [refused, setRefused] = useState<string>()
  const next = useRef(0)

  async function take(chosen: File[]) {
    setRefused(undefined)
    const text = input.current?.form?.elements.namedItem('body') as HTMLTextAreaElement | null
    for (const file of chosen) {
      const key = (next.current += 1)
      setSending((all) => [...all, { key, name: file.name, part: 0 }])
      const described = input.current?.form?.elements.namedItem('attachAlt') as HTMLInputElement | null
      const answer = await send(paths.uploadFile(kind, subjectId), file, described?.value ?? '', (part) =>
        setSending((all) => all.map((one) => (one.key === key ? { ...one, part } : one))),
      )
      setSending((all) => all.filter((one) => one.key !== key))
      const [kept] = answer.files ?? []
      if (!kept) {
        setRefused(answer.errors?.attach ?? answer.errors?.attachAlt ?? answer.refused ?? 'files.notSent')
        continue
      }
      setAdded((all) => [...all, kept])
      if (kept.width && described) described.value = ''
      if (kept.width) putInText(text, kept)
      setSaid(`${say('files.added', { name: kept.name })} ${kept.width ? say('files.describe') : ''}`)
    }
  }

  async function remove({ id, name }: FileShown) {
    setRemoved((all) => [...all, id])
    setSaid(say('files.removed', { name }))
    // What is posted already goes when the form is sent.
    await fetch(paths.removeFile(id), { method: 'POST', body: new URLSearchParams(), headers: { accept: 'application/json' } }).catch(
      () => null,
    )
  }

  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const text = input.current?.form?.elements.namedItem('body') as HTMLTextAreaElement | null
    if (!text) return
    const paste = (event: ClipboardEvent) => brought(event, event.clipboardData)
    const drop = (event: DragEvent) => brought(event, event.dataTransfer)
    const over = (event: DragEvent) => void (event.dataTransfer?.types.includes('Files') && event.preventDefault())
    function brought(event: Event, from: DataTransfer | null) {
      const files = [...(from?.files ?? [])]
      // Word processors bring a picture of the words along with the words.
      if (files.length === 0 || from?.types.includes('text/plain')) return
      event.preventDefault()
      void latest.current(files)
    }
    text.addEventListener('paste', paste)
    text.addEventListener('drop', drop)
    text.addEventListener('dragover', over)
    return () => {
      text.removeEventListener('paste', paste)
      text.removeEventListener('drop', drop)
      text.removeEventListener('dragover', over)
    }
  }, [input])
  return { added, removed, sending, said, refused, take, remove }
}

/** At the caret, on lines of its own, with the words selected that say what it shows. */
export function putInText(text: HTMLTextAreaElement | null, { id, name }: FileShown) {
  if (!text) return
  const words = name.replace(/\.\w+$/, '').replace(/[[\]\\]/g, ' ')
  const at = text.selectionEnd
  const before = at > 0 && text.value[at - 1] !== '\n' ? '\n\n' : ''
  const picture = `${before}![${words}](/files/${id})\n`
  text.setRangeText(picture, at, at, 'end')
  const from = at + before.length + 2
  text.focus()
  text.setSelectionRange(from, from + words.length)
  text.dispatchEvent(new Event('input', { bubbles: true }))
}

export function takeFromText(text: HTMLTextAreaElement | null, id: string) {
  const without = text?.value.replace(new RegExp(`!?\\[[^\\]]*\\]\\(/files/${id}\\)\\n?`, 'g'), '')
  if (!text || without === undefined || without === text.value) return
  text.value = without
  text.dispatchEvent(new Event('input', { bubbles: true }))
}

/** By XMLHttpRequest, which tells how far it is. */
function send(address: string, file: File, description: string, progress: (part: number) => void): Promise<Answer> {
  return new Promise((resolve) => {
    const form = new FormData()
    form.append('attach', file, file.name || 'picture')
    form.append('attachAlt', description)
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onerror = () => resolve({ refused: 'files.notSent' })
    request.onload = () => {
      try {
        resolve(JSON.parse(request.responseText) as Answer)
      } catch {
        resolve({ refused: request.status === 413 ? 'tooMuch' : 'files.notSent' })
      }
    }
    request.send(form)
  })
}
