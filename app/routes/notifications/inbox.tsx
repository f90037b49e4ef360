import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Empty, PageHead, Pager, PostForm, RelativeTime, Rows, State, Bell, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { inboxPage, markAllRead } from '~/server/notifications'
import { ReadInput } from '~/server/notifications/input'
import { hasWords, say } from '~/words'

export const loader = load(async ({ viewer, url }) => {
  const cursor = url.searchParams.get('cursor')
  return { ...(await inboxPage(personOf(viewer), cursor)), cursor }
})

export const action = act(ReadInput, async ({ viewer }) => {
  await markAllRead(personOf(viewer))
  return redirect(paths.notifications())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('notifications.title') }) }]

export default function InboxScreen() {
  const { notices, next, cursor } = useLoaderData<typeof loader>()
  const unread = notices.some((notice) => notice.unread)
  return (
    <Wrap>
      <PageHead
        title={say('notifications.title')}
        lede={say('notifications.lede')}
        end={
          unread ? (
            <PostForm action={paths.notifications()}>
              <Button>{say('notifications.markRead')}</Button>
            </PostForm>
          ) : null
        }
      />
      <div className="max-w-[46rem]">
        {notices.length === 0 && !cursor ? (
          <Empty
            title={say('notifications.empty')}
            action={<ButtonLink to={paths.communities()}>{say('notifications.empty.act')}</ButtonLink>}
          >
            {say('notifications.empty.body')}
          </Empty>
        ) : (
          <Rows label={say('notifications.list')}>
            {notices.map((notice) => (
              <li key={notice.id} className="py-3">
                <p className={notice.unread ? 'font-semibold' : ''}>{sentence(notice)}</p>
                <p className="meta mt-0.5 flex flex-wrap items-center gap-x-3">
                  {notice.unread ? <State icon={Bell}>{say('notifications.unread')}</State> : null}
                  <Link className="underline" to={addressOf(notice.about)} dir="auto">
                    {'title' in notice.about ? notice.about.title : say('notifications.statement')}
                  </Link>
                  <RelativeTime at={notice.at} />
                </p>
              </li>
            ))}
          </Rows>
        )}
        <Pager
          newer={cursor ? paths.notifications() : null}
          newerLabel={say('notifications.newest')}
          older={next ? `${paths.notifications()}?cursor=${next}` : null}
        />
      </div>
    </Wrap>
  )
}

type Notice = ReturnType<typeof useLoaderData<typeof loader>>['notices'][number]

function sentence({ kind, why, by }: Notice) {
  const key = `notifications.${kind}.${why}`
  return hasWords(key) ? say(key, { who: by?.displayName ?? say('notifications.somebody') }) : say('notifications.title')
}

function addressOf(about: Notice['about']): string {
  switch (about.kind) {
    case 'post':
      return paths.post(about.slug, about.number, about.postId)
    case 'decision':
      return paths.decision(about.decisionId)
    case 'recommendation':
      return paths.recommendation(about.recommendationId)
    case 'vendor':
      return paths.myRelationship(about.slug)
    case 'community':
      return paths.community(about.slug)
  }
}
