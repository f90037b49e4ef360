import { Hush } from '../ui'
import { say } from '~/words'

type Line = { kind: 'same' | 'added' | 'removed'; text: string }

const MARK = { same: ' ', added: '+', removed: '−' } as const
const LOOK = { same: 'text-ink-soft', added: 'bg-success-wash', removed: 'bg-danger-wash' } as const
/** Lines that stayed are shown to this many around a change. */
const AROUND = 2

/** What was put in and what was taken out, line by line, with a little of what stayed around it. */
export function ChangedLines({ lines, label }: { lines: Line[]; label: string }) {
  return (
    <div
      className="border-hairline bg-paper-raised overflow-x-auto rounded border font-mono text-[0.8125rem] leading-5"
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      {runs(lines).map((run, index) => (
        <Run key={index} {...run} />
      ))}
    </div>
  )
}

function Run({ kind, lines, skipped }: { kind: Line['kind']; lines: string[]; skipped: number }) {
  return (
    <>
      {lines.map((text, index) => (
        <p key={index} className={`px-3 whitespace-pre-wrap wrap-anywhere ${LOOK[kind]}`} dir="auto">
          <span aria-hidden="true">{MARK[kind]} </span>
          {kind === 'same' ? null : <Hush>{say(kind === 'added' ? 'thread.history.added' : 'thread.history.removed')}</Hush>}
          {text}
        </p>
      ))}
      {skipped > 0 ? <p className="meta px-3 py-1">{say('thread.history.same', { count: skipped })}</p> : null}
    </>
  )
}

function runs(lines: Line[]) {
  const grouped: { kind: Line['kind']; lines: string[]; skipped: number }[] = []
  for (const { kind, text } of lines) {
    const last = grouped.at(-1)
    if (last?.kind === kind) last.lines.push(text)
    else grouped.push({ kind, lines: [text], skipped: 0 })
  }
  return grouped.map((run) =>
    run.kind === 'same' && run.lines.length > AROUND * 2
      ? { ...run, lines: run.lines.slice(0, AROUND), skipped: run.lines.length - AROUND }
      : run,
  )
}
