import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, PostForm } from '~/app/components/ui'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addressWorks, addressWorksPage } from '~/server/notifications'
import { UnsubscribeInput } from '~/server/notifications/input'
import { say } from '~/words'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('notifications.works.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ params }) => addressWorksPage(params.token))

export const action = act(UnsubscribeInput, async ({ params }) => {
  await addressWorks(params.token)
  return redirect(paths.addressWorks(params.token))
})

export default function AddressWorksScreen() {
  const { address, done } = useLoaderData<typeof loader>()
  if (done)
    return (
      <Slip title={say('notifications.works.title')} lede={say('notifications.works.done', { address })}>
        <div className="btns">
          <ButtonLink to={paths.home()}>{say('notifications.works.home')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip title={say('notifications.works.title')} lede={say('notifications.works.question', { address })}>
      <PostForm className="btns">
        <Button variant="primary">{say('notifications.works.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
