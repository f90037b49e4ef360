import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { confirmationPage, confirmEmail } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.confirm.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, params }) => ({
  ...(await confirmationPage(params.token ?? '')),
  signedIn: viewer.kind === 'person',
}))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  await confirmEmail(params.token ?? '')
  return redirect(viewer.kind === 'person' ? paths.confirmEmail(params.token ?? '') : `${paths.signIn(paths.welcome())}&after=confirmed`)
})

export default function ConfirmEmailScreen() {
  const { state, address, handle, signedIn } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (state === 'done')
    return (
      <Slip title={say('accounts.confirm.title')} lede={say('accounts.confirm.done')}>
        <div className="btns">
          <ButtonLink variant="primary" to={signedIn ? paths.welcome() : paths.signIn(paths.welcome())}>
            {say(signedIn ? 'accounts.welcome' : 'ui.signIn')}
          </ButtonLink>
          {signedIn ? (
            <ButtonLink variant="quiet" to={paths.home()}>
              {say('accounts.confirm.toStart')}
            </ButtonLink>
          ) : null}
        </div>
      </Slip>
    )
  if (state === 'over')
    return (
      <Slip title={say('accounts.confirm.title')} lede={say('accounts.confirm.over')}>
        <p>
          <Link className="underline" to={signedIn ? paths.confirmEmailAgain() : paths.signIn(paths.confirmEmailAgain())}>
            {say('accounts.confirm.signInForNew')}
          </Link>
        </p>
      </Slip>
    )
  return (
    <Slip
      title={say('accounts.confirm.title')}
      lede={say('accounts.confirm.question', { address, handle })}
      foot={<p>{say('accounts.confirm.notYou', { handle })}</p>}
    >
      <ErrorSummary errors={errors} />
      <PostForm className="btns">
        <Button variant="primary">{say('accounts.confirm.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
