import { Link } from '@remix-run/react'
import { Bell, Button, PostForm, RelativeTime, State } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { Notice } from '~/server/notifications'
import { hasWords, say } from '~/words'

/** One line of the inbox: who did what, where it leads, and the one thing to do with it. */
export function NoticeLine({ notice, next }: { notice: Notice; next: string }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-3">
      <div className="min-w-0">
        <p className={notice.unread ? 'font-semibold' : ''}>{sentence(notice)}</p>
        <p className="meta mt-0.5 flex flex-wrap items-center gap-x-3">
          {notice.unread ? <State icon={Bell}>{say('notifications.unread')}</State> : null}
          <Link className="underline wrap-anywhere" to={paths.notice(notice.id)} dir="auto">
            {titleOf(notice.about)}
          </Link>
          {notice.count > 1 ? <span>{say('notifications.count', { count: notice.count })}</span> : null}
          <RelativeTime at={notice.at} />
        </p>
      </div>
      {notice.unread ? (
        <PostForm action={paths.notice(notice.id)} fields={{ next }}>
          <Button variant="quiet" size="sm">
            {say('notifications.markOne')}
          </Button>
        </PostForm>
      ) : null}
    </li>
  )
}

function titleOf(about: Notice['about']): string {
  if ('title' in about) return about.title
  if (about.kind === 'duty') return say('duty.title')
  if (about.kind === 'vault') return say('vault.title')
  return say(about.kind === 'account' ? 'notifications.account' : 'notifications.statement')
}

function sentence({ kind, why, by, others }: Notice) {
  const key = `notifications.${kind}.${why}`
  const [first = '', second = ''] = by.map((it) => it.displayName)
  const who = by.length === 0 ? say('notifications.somebody') : say('notifications.people', { named: by.length, first, second, others })
  return hasWords(key) ? say(key, { who }) : say('notifications.somethingNew', { who })
}
