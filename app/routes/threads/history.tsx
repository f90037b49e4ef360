import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ChangedLines } from '~/app/components/threads'
import { ActionButton, PageHead, RotateCcw, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { postHistory } from '~/server/threads'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const loader = load(({ viewer, params }) => postHistory(viewer, params.postId ?? ''))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.history.title') }) }]

export default function HistoryScreen() {
  const { slug, number, postId, title, versions, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('thread.history.title')}
        lede={say('thread.history.lede')}
        crumbs={[{ to: paths.post(slug, number, postId), label: title ?? say('thread.comment.back') }]}
      />
      <div className="grid max-w-[52rem] gap-10">
        {versions.map((version, index) => (
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
            {may.restore && index > 0 ? (
              <div className="mb-3">
                <ActionButton
                  action={paths.restoreVersion(postId)}
                  fields={{ version: version.number }}
                  label={say('thread.history.restore')}
                  spoken={say('thread.history.restore.spoken', { number: version.number })}
                  icon={RotateCcw}
                  size="sm"
                  next={paths.postHistory(postId)}
                />
              </div>
            ) : null}
            <ChangedLines lines={version.lines} label={say('thread.history.version', { number: version.number })} />
          </Section>
        ))}
      </div>
    </Wrap>
  )
}
