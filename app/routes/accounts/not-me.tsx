import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { disownBrowser, notMePage } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.notMe.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => notMePage(params.token))

export const action = act(ButtonInput, async ({ params }) => redirect(paths.resetPassword(await disownBrowser(params.token))))

export default function NotMeScreen() {
  const { usable, handle } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (!usable)
    return (
      <Slip title={say('accounts.notMe.title')} lede={say('accounts.email.over')}>
        <div className="btns">
          <ButtonLink to={paths.forgotPassword()}>{say('accounts.forgot.title')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip title={say('accounts.notMe.title')} lede={say('accounts.notMe.question', { handle })} foot={<p>{say('accounts.notMe.was')}</p>}>
      <ErrorSummary errors={errors} />
      <PostForm className="btns">
        <Button variant="danger-solid">{say('accounts.notMe.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
