import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { ActionButton, Check, Empty, PageHead, RotateCcw, Rows, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { mergesPage } from '~/server/threads'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params }) => mergesPage(viewer, params.slug))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.merges.title') }) }]

export default function MergesScreen() {
  const { slug, name, communityId, proposed, merged } = useLoaderData<typeof loader>()
  useLive([`queue:${communityId}`])
  const here = paths.merges(slug)
  return (
    <Wrap>
      <PageHead title={say('thread.merges.title')} lede={say('thread.merges.lede')} crumbs={[{ to: paths.community(slug), label: name }]} />
      <div className="grid max-w-[52rem] gap-10">
        {proposed.length === 0 && merged.length === 0 ? (
          <Empty title={say('thread.merges.none')}>{say('thread.merges.none.body')}</Empty>
        ) : null}
        {proposed.map((group) => (
          <Section
            key={group.number}
            id={`into-${group.number}`}
            title={
              <Link to={paths.thread(slug, group.number, group.title)} dir="auto">
                {group.title}
              </Link>
            }
          >
            <p className="meta mb-2">{say('thread.merges.proposed', { count: group.from.length })}</p>
            <Rows label={say('thread.merges.proposed', { count: group.from.length })}>
              {group.from.map((question) => (
                <li key={question.number} className="py-2">
                  <Link className="underline wrap-anywhere" to={paths.thread(slug, question.number, question.title)} dir="auto">
                    {question.title}
                  </Link>
                  <p className="meta mt-1 flex flex-wrap items-center gap-x-3">
                    <Who who={question.by} to={question.by.handle ? paths.person(question.by.handle) : undefined} short />
                    {sayDay(question.at)}
                  </p>
                  {question.note ? <p className="soft mt-1 wrap-anywhere">“{question.note}”</p> : null}
                </li>
              ))}
            </Rows>
            <div className="btns mt-4">
              <ActionButton
                action={paths.confirmMerge(group.number)}
                label={say('thread.merges.confirm', { count: group.from.length })}
                icon={Check}
                variant="primary"
                next={here}
              />
              <ActionButton action={paths.declineMerge(group.number)} label={say('thread.merges.decline')} next={here} />
            </div>
          </Section>
        ))}
        {merged.length > 0 ? (
          <Section id="merged" title={say('thread.merges.made')}>
            <Rows label={say('thread.merges.made')}>
              {merged.map((merge) => (
                <li key={merge.mergeId} className="flex flex-wrap items-start justify-between gap-3 py-3">
                  <div className="min-w-0">
                    <p className="wrap-anywhere">
                      {sayRich('thread.merges.into', {
                        title: merge.title,
                        into: merge.intoTitle,
                        question: (chunks) => <Link to={paths.thread(slug, merge.intoNumber, merge.intoTitle)}>{chunks}</Link>,
                      })}
                    </p>
                    <p className="meta mt-1 flex flex-wrap items-center gap-x-3">
                      <Who who={merge.by} to={merge.by.handle ? paths.person(merge.by.handle) : undefined} short />
                      {merge.until ? say('thread.merges.until', { day: sayDay(merge.until) }) : null}
                    </p>
                  </div>
                  <ActionButton
                    action={paths.undoMerge(merge.mergeId)}
                    label={say('thread.merges.undo')}
                    spoken={say('thread.merges.undo.spoken', { title: merge.title })}
                    icon={RotateCcw}
                    size="sm"
                  />
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
