import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Hush, PageHead, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { postHistory } from '~/server/threads'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const loader = load(({ viewer, params }) => postHistory(viewer, params.postId ?? ''))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.history.title') }) }]

export default function HistoryScreen() {
  const { slug, number, postId, title, versions } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('thread.history.title')}
        lede={say('thread.history.lede')}
        crumbs={[{ to: paths.post(slug, number, postId), label: title ?? say('thread.comment.back') }]}
      />
      <div className="grid max-w-[52rem] gap-10">
        {versions.map((version) => (
          <Section
            key={version.number}
            id={`version-${version.number}`}
            title={say('thread.history.version', { number: version.number })}
            end={<span className="meta num">{sayMoment(version.at)}</span>}
          >
            <p className="meta mb-3">
              {say('thread.history.by', { who: version.by })}
              {version.reason ? `: ${version.reason}` : version.number === 1 ? `, ${say('thread.history.first')}` : ''}
            </p>
            <div
              className="border-hairline bg-paper-raised overflow-x-auto rounded border font-mono text-[0.8125rem] leading-5"
              tabIndex={0}
              role="group"
              aria-label={say('thread.history.version', { number: version.number })}
            >
              {runs(version.lines).map((run, index) => (
                <Run key={index} {...run} />
              ))}
            </div>
          </Section>
        ))}
      </div>
    </Wrap>
  )
}

type Line = { kind: 'same' | 'added' | 'removed'; text: string }

const MARK = { same: ' ', added: '+', removed: '−' } as const
const LOOK = { same: 'text-ink-soft', added: 'bg-success-wash', removed: 'bg-danger-wash' } as const
/** Lines that stayed are shown to this many around a change. */
const AROUND = 2

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
