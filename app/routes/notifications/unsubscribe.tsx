import { data } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, PostForm } from '~/app/components/ui'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { unsubscribe, unsubscribePage } from '~/server/notifications'
import { UnsubscribeInput } from '~/server/notifications/input'
import { say } from '~/words'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('notifications.unsubscribe.title') }) },
  { name: 'robots', content: 'noindex' },
]

/** Only shows what the button would do: mail scanners follow every link they see. */
export const loader = load(async ({ params }) => ({ ...(await unsubscribePage(params.token)), token: params.token }))

/** Answered where it was posted, without a redirect and without a sign-in: mailbox providers press it for their people. */
export const action = act(UnsubscribeInput, async ({ params }) => {
  await unsubscribe(params.token)
  return data({ ended: true })
})

export default function UnsubscribeScreen() {
  const { kind, topic, title, ended, token } = useLoaderData<typeof loader>()
  const what = kind === 'thread' && !title ? 'threadUnnamed' : kind
  const values = { title, topic: topic ? say(`notifications.topic.${topic}`) : '' }
  const more = (
    <Link className="underline" to={paths.notificationSettings()}>
      {say('notifications.unsubscribe.more')}
    </Link>
  )
  if (ended)
    return (
      <Slip title={say('notifications.unsubscribed.title')} lede={say(`notifications.unsubscribed.${what}`, values)} foot={<p>{more}</p>}>
        <PostForm className="btns" action={paths.subscribeAgain(token)}>
          <Button variant="quiet">{say('notifications.unsubscribed.undo')}</Button>
        </PostForm>
      </Slip>
    )
  return (
    <Slip title={say('notifications.unsubscribe.title')} lede={say(`notifications.unsubscribe.${what}`, values)} foot={<p>{more}</p>}>
      <PostForm className="btns">
        <Button variant="primary">{say('notifications.unsubscribe.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
