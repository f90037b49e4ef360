import { useEffect, useRef, useState } from 'react'
import { say } from '~/words'
import { Button } from './button'
import { Icon } from './icon'
import { Check, Copy } from './icons'

/** Copies `text`. Without a clipboard there is no button: the text stands beside it to be selected. */
export function CopyButton({ text, label, size = 'sm' }: { text: string; label?: string; size?: 'sm' }) {
  const [able, setAble] = useState(false)
  const [copied, setCopied] = useState(false)
  const timer = useRef<number>()
  useEffect(() => {
    setAble(Boolean(navigator.clipboard))
    return () => window.clearTimeout(timer.current)
  }, [])
  if (!able) return null
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    timer.current = window.setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button type="button" variant="quiet" size={size} onClick={() => void copy()}>
      <Icon of={copied ? Check : Copy} size="sm" />
      <span aria-live="polite">{copied ? say('ui.copied') : (label ?? say('ui.copy'))}</span>
    </Button>
  )
}
