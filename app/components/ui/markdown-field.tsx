import { createElement, useEffect, useRef, useState, type ReactNode, type TextareaHTMLAttributes } from 'react'
import { paths } from '~/app/paths'
import type { DraftKind } from '~/server/drafts/types'
import { say, sayError, type WordKey } from '~/words'
import { PostBody } from '../threads/post-body'
import { FieldError, fieldId } from './field'
import { Icon } from './icon'
import { AtSign, Bold, Code, Italic, LinkIcon, List, ListOrdered, Quote, type LucideIcon } from './icons'
import { NamesAfterAt } from './names-after-at'

type Tool = { element: string; words: WordKey; icon: LucideIcon }
const MENTION: Tool = { element: 'md-mention', words: 'ui.markdown.mention', icon: AtSign }
const TOOLS: Tool[] = [
  { element: 'md-bold', words: 'ui.markdown.bold', icon: Bold },
  { element: 'md-italic', words: 'ui.markdown.italic', icon: Italic },
  { element: 'md-quote', words: 'ui.markdown.quote', icon: Quote },
  { element: 'md-code', words: 'ui.markdown.code', icon: Code },
  { element: 'md-link', words: 'ui.markdown.link', icon: LinkIcon },
  { element: 'md-unordered-list', words: 'ui.markdown.list', icon: List },
  { element: 'md-ordered-list', words: 'ui.markdown.ordered', icon: ListOrdered },
]

type Props = {
  label: ReactNode
  name: string
  help?: ReactNode
  error?: string | string[]
  optional?: boolean
  id?: string
  /** Say the label to those who hear the page only: where a heading above already says it. */
  labelHidden?: boolean
  /** Where the text will stand: there it can be seen as it will be drawn, and people can be called. */
  place?: { kind: DraftKind; subjectId: string }
} & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'id'>

/** Long words: a plain field that takes markdown, with a toolbar where there is JavaScript. */
export function MarkdownField({ label, name, help, error, optional, id, labelHidden, place, ...rest }: Props) {
  const field = id ?? fieldId(name)
  const [tools, setTools] = useState(false)
  const [drawn, setDrawn] = useState<{ html: string; failed: boolean } | null>(null)
  const text = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    let here = true
    import('@github/markdown-toolbar-element').then(
      () => here && setTools(true),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [])
  async function show() {
    const body = new URLSearchParams({ body: text.current?.value ?? '' })
    const answer = await fetch(place ? paths.preview(place.kind, place.subjectId) : '', {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    }).catch(() => null)
    const given = answer?.ok ? ((await answer.json()) as { html: string }) : null
    setDrawn({ html: given?.html ?? '', failed: !given })
  }
  const first = Array.isArray(error) ? error[0] : error
  return (
    <div className="field">
      <label htmlFor={field} className={labelHidden ? 'hush' : undefined}>
        {label} {optional ? <span className="opt">{say('ui.optional')}</span> : null}
      </label>
      <div className="editor">
        {tools && place ? <PreviewButton pressed={drawn !== null} onPress={() => void (drawn === null ? show() : setDrawn(null))} /> : null}
        {tools
          ? createElement(
              'markdown-toolbar',
              { for: field, class: 'bar', role: 'toolbar', 'aria-label': say('ui.markdown.toolbar') },
              [...TOOLS, ...(place ? [MENTION] : [])].map(({ element, words, icon }) =>
                createElement(element, { key: element, role: 'button', title: say(words), 'aria-label': say(words) }, <Icon of={icon} />),
              ),
            )
          : null}
        {drawn === null ? null : (
          <div className="preview" tabIndex={0}>
            {drawn.html ? (
              <PostBody html={drawn.html} />
            ) : (
              <p className="soft">{say(drawn.failed ? 'ui.preview.failed' : 'ui.preview.nothing')}</p>
            )}
          </div>
        )}
        <NamesAfterAt from={place ? paths.mentionable(place.kind, place.subjectId) : null}>
          <textarea
            dir="auto"
            {...rest}
            ref={text}
            hidden={drawn !== null}
            required={rest.required && drawn === null}
            id={field}
            name={name}
            aria-invalid={first ? true : undefined}
            aria-describedby={[first && `${field}-error`, `${field}-help`].filter(Boolean).join(' ')}
          />
        </NamesAfterAt>
      </div>
      {first ? <FieldError id={`${field}-error`}>{sayError(first)}</FieldError> : null}
      <p className="help" id={`${field}-help`}>
        {help} {tools ? null : say('ui.markdown')}
      </p>
    </div>
  )
}

function PreviewButton({ pressed, onPress }: { pressed: boolean; onPress: () => void }) {
  return (
    <button type="button" className="btn btn-quiet btn-sm preview-toggle" aria-pressed={pressed} onClick={onPress}>
      {say('ui.preview')}
    </button>
  )
}
