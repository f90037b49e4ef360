import { createElement, useEffect, useRef, type ReactNode } from 'react'
import { say } from '~/words'

type Change = CustomEvent<{ text: string; provide: (result: Promise<{ matched: boolean; fragment?: HTMLElement }>) => void }>
type Choice = CustomEvent<{ item: HTMLElement; value: string | null }>

/**
 * Around a text field: who types `@` is offered names, chosen by arrow keys and Enter or by pointing. Without JavaScript, or where no
 * names come, the field is as it was.
 */
export function NamesAfterAt({ from, children }: { from: string | null; children: ReactNode }) {
  const around = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = around.current
    if (!element || !from) return
    let asking: AbortController | null = null
    // What was typed before is no longer asked for: an answer that came late would stand in the place of the newer one.
    const offer = (event: Event) => {
      asking?.abort()
      asking = new AbortController()
      const { text, provide } = (event as Change).detail
      provide(menuOf(from, text, asking.signal))
    }
    const choose = (event: Event) => {
      const { detail } = event as Choice
      detail.value = `@${detail.item.dataset.handle}`
    }
    // The element writes into the field by itself; whoever listens to the field hears of it as of any typing.
    const tell = () => element.querySelector('textarea')?.dispatchEvent(new Event('input', { bubbles: true }))
    // A field of many lines stays a text field to those who hear the page: HTML allows it no other role, and its list is told as its active descendant.
    const stayText = () =>
      queueMicrotask(() => ['role', 'aria-expanded'].forEach((name) => element.querySelector('textarea')?.removeAttribute(name)))
    const heard = [
      ['text-expander-activate', stayText],
      ['text-expander-change', offer],
      ['text-expander-value', choose],
      ['text-expander-committed', tell],
    ] as const
    for (const [name, listener] of heard) element.addEventListener(name, listener)
    void import('@github/text-expander-element').catch(() => undefined)
    return () => {
      asking?.abort()
      for (const [name, listener] of heard) element.removeEventListener(name, listener)
    }
  }, [from])
  return from ? createElement('text-expander', { keys: '@', ref: around }, children) : children
}

type Person = { handle: string; name: string }

async function peopleNamed(from: string, typed: string, signal: AbortSignal): Promise<Person[]> {
  const answer = await fetch(`${from}?${new URLSearchParams({ q: typed })}`, { headers: { accept: 'application/json' }, signal })
  return answer.ok ? ((await answer.json()) as { people: Person[] }).people : []
}

/** The names to choose from. Never answers once `signal` was aborted: whoever waits for it has been asked anew. */
async function menuOf(from: string, typed: string, signal: AbortSignal): Promise<{ matched: boolean; fragment?: HTMLElement }> {
  const people = await peopleNamed(from, typed, signal).catch((): Person[] => [])
  if (signal.aborted) return new Promise(() => undefined)
  if (people.length === 0) return { matched: false }
  const menu = document.createElement('ul')
  menu.className = 'pop pop-menu names-after-at'
  menu.setAttribute('role', 'listbox')
  menu.setAttribute('aria-label', say('ui.markdown.names'))
  for (const { handle, name } of people) {
    const option = document.createElement('li')
    option.id = `name-${handle}`
    option.setAttribute('role', 'option')
    option.dataset.handle = handle
    const shown = document.createElement('b')
    shown.textContent = name
    shown.dir = 'auto'
    const address = document.createElement('span')
    address.className = 'meta'
    address.textContent = `@${handle}`
    option.append(shown, address)
    menu.append(option)
  }
  return { matched: true, fragment: menu }
}
