import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmailInput, Slip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askForReset } from '~/server/accounts'
import { ForgotPasswordInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.forgot.title') }) }]

export const loader = load(({ url }) => ({ sent: url.searchParams.get('sent') === '1' }))

export const action = act(ForgotPasswordInput, async ({ input, from }) => {
  await askForReset(input.email, from)
  return redirect(`${paths.forgotPassword()}?sent=1`)
})

export default function ForgotPasswordScreen() {
  const { sent } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  if (sent)
    return (
      <Slip
        title={say('accounts.forgot.sent.title')}
        lede={say('accounts.forgot.sent')}
        foot={
          <p>
            <Link className="underline" to={paths.forgotPassword()}>
              {say('accounts.forgot.again')}
            </Link>
          </p>
        }
      >
        {null}
      </Slip>
    )
  return (
    <Slip title={say('accounts.forgot.title')} lede={say('accounts.forgot.lede')}>
      <ErrorSummary errors={errors} labels={{ email: say('accounts.email') }} />
      <PostForm className="grid gap-6">
        <EmailInput value={typed(values, 'email')} error={errors.email} />
        <div className="btns">
          <Button variant="primary">{say('accounts.forgot.submit')}</Button>
        </div>
      </PostForm>
    </Slip>
  )
}
