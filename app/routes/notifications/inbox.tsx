import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NoticeLine } from '~/app/components/notifications'
import { Button, ButtonLink, Buttons, Empty, PageHead, Pager, PostForm, Rows, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { inboxPage, markAllRead, unreadCount } from '~/server/notifications'
import { ReadInput } from '~/server/notifications/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, url }) => {
  const person = personOf(viewer)
  const cursor = url.searchParams.get('cursor')
  const [page, unread] = await Promise.all([inboxPage(person, cursor), unreadCount(person)])
  return { ...page, unread, cursor, personId: person.personId }
})

export const action = act(ReadInput, async ({ viewer }) => {
  await markAllRead(personOf(viewer))
  return redirect(paths.notifications())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('notifications.title') }) }]

export default function InboxScreen() {
  const { notices, next, cursor, unread, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  const here = cursor ? `${paths.notifications()}?cursor=${cursor}` : paths.notifications()
  return (
    <Wrap>
      <PageHead
        title={say('notifications.title')}
        lede={say('notifications.lede')}
        end={
          <Buttons>
            <ButtonLink variant="quiet" to={paths.notificationSettings()}>
              {say('notifications.settings')}
            </ButtonLink>
            {unread > 0 ? (
              <PostForm action={paths.notifications()}>
                <Button>{say('notifications.markRead')}</Button>
              </PostForm>
            ) : null}
          </Buttons>
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
              <NoticeLine key={notice.id} notice={notice} next={here} />
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
