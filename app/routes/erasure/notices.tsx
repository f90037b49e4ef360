import { Link, useLoaderData } from '@remix-run/react'
import { Button, Check, Empty, Hourglass, PageHead, PostForm, Rows, State, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { noticesPage } from '~/server/erasure'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('erasure.notices.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ viewer, params }) => noticesPage(personOf(viewer), params.slug))

export default function ErasureNoticesScreen() {
  const { vendor, notices } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationships(vendor.slug), label: say('relationships.people.title', { vendor: vendor.name }) }]}
        title={say('erasure.notices.title')}
        lede={say('erasure.notices.lede')}
      />
      {notices.length === 0 ? <Empty title={say('erasure.notices.none')}>{say('erasure.notices.noneWhy')}</Empty> : null}
      <Rows label={say('erasure.notices.title')}>
        {notices.map((notice) => (
          <li key={notice.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
            <span className="grid gap-0.5">
              {notice.relationshipId ? (
                <Link className="break-all" to={paths.relationship(notice.relationshipId)}>
                  {say('erasure.notices.record', { number: notice.relationshipId })}
                </Link>
              ) : (
                <span>{say('erasure.notices.noRecord')}</span>
              )}
              {notice.acknowledgedAt ? (
                <State kind="ok" icon={Check}>
                  {say('erasure.notices.done', { date: sayDay(notice.acknowledgedAt) })}
                </State>
              ) : (
                <State kind={notice.late ? 'bad' : 'wait'} icon={Hourglass}>
                  {say(notice.late ? 'erasure.notices.late' : 'erasure.notices.due', { date: sayDay(notice.dueAt) })}
                </State>
              )}
            </span>
            {notice.acknowledgedAt ? null : (
              <PostForm action={paths.acknowledgeErasure(vendor.slug, notice.id)}>
                <Button size="sm">{say('erasure.notices.say')}</Button>
              </PostForm>
            )}
          </li>
        ))}
      </Rows>
    </Wrap>
  )
}
