import { createElement, useEffect, useState, type ReactNode, type TextareaHTMLAttributes } from 'react'
import { say, sayError, type WordKey } from '~/words'
import { FieldError, fieldId } from './field'
import { Icon } from './icon'
import { Bold, Code, Italic, LinkIcon, List, ListOrdered, Quote, type LucideIcon } from './icons'

const TOOLS: { element: string; words: WordKey; icon: LucideIcon }[] = [
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
} & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'id'>

/** Long words: a plain field that takes markdown, with a toolbar where there is JavaScript. */
export function MarkdownField({ label, name, help, error, optional, id, labelHidden, ...rest }: Props) {
  const field = id ?? fieldId(name)
  const [tools, setTools] = useState(false)
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
  const first = Array.isArray(error) ? error[0] : error
  return (
    <div className="field">
      <label htmlFor={field} className={labelHidden ? 'hush' : undefined}>
        {label} {optional ? <span className="opt">{say('ui.optional')}</span> : null}
      </label>
      <div className="editor">
        {tools
          ? createElement(
              'markdown-toolbar',
              { for: field, class: 'bar', role: 'toolbar', 'aria-label': say('ui.markdown.toolbar') },
              TOOLS.map(({ element, words, icon }) =>
                createElement(element, { key: element, role: 'button', title: say(words), 'aria-label': say(words) }, <Icon of={icon} />),
              ),
            )
          : null}
        <textarea
          dir="auto"
          {...rest}
          id={field}
          name={name}
          aria-invalid={first ? true : undefined}
          aria-describedby={[first && `${field}-error`, `${field}-help`].filter(Boolean).join(' ')}
        />
      </div>
      {first ? <FieldError id={`${field}-error`}>{sayError(first)}</FieldError> : null}
      <p className="help" id={`${field}-help`}>
        {help} {tools ? null : say('ui.markdown')}
      </p>
    </div>
  )
}
