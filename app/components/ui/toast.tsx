import { useEffect, useState, type ComponentType } from 'react'

export type Toast = { id: number; text: string; undo?: () => void }

let next = 1
const hearers = new Set<(toast: Toast) => void>()

/** Says what was done, for six seconds, with undo where undo is possible. Works after the page has come alive. */
export function toast(text: string, undo?: () => void) {
  const made = { id: next++, text, undo }
  for (const hear of hearers) hear(made)
}

/** Where toasts appear: once, in the root. Its machinery is fetched with the first toast. */
export function ToastRegion() {
  const [toasts, setToasts] = useState<Toast[]>([])
  const [Stack, setStack] = useState<{ Of: ComponentType<{ toasts: Toast[]; onGone: (id: number) => void }> }>()
  useEffect(() => {
    const hear = (made: Toast) => {
      setToasts((before) => [...before.slice(-2), made])
      void import('./toast-stack').then((stack) => setStack({ Of: stack.ToastStack }))
    }
    hearers.add(hear)
    return () => {
      hearers.delete(hear)
    }
  }, [])
  if (!Stack) return null
  return <Stack.Of toasts={toasts} onGone={(id) => setToasts((before) => before.filter((kept) => kept.id !== id))} />
}
