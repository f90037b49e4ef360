import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasswordInput, Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { resetPage, resetPassword } from '~/server/accounts'
import { ResetPasswordInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.reset.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => resetPage(params.token ?? ''))

export const action = act(ResetPasswordInput, async ({ params, input }) => {
  await resetPassword(params.token ?? '', input.password)
  return redirect(`${paths.signIn()}?after=reset`)
})

export default function ResetPasswordScreen() {
  const { usable, address } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (!usable)
    return (
      <Slip title={say('accounts.reset.title')} lede={say('accounts.reset.over')}>
        <div className="btns">
          <ButtonLink to={paths.forgotPassword()}>{say('accounts.forgot.again')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip title={say('accounts.reset.title')} lede={say('accounts.reset.lede', { address })}>
      <ErrorSummary errors={errors} labels={{ password: say('accounts.change.new') }} />
      <PostForm className="grid gap-6">
        <input type="text" name="username" autoComplete="username" defaultValue={address ?? ''} readOnly hidden />
        <PasswordInput
          label={say('accounts.change.new')}
          kind="new-password"
          help={say('accounts.signUp.password.help')}
          error={errors.password}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.reset.submit')}</Button>
        </div>
      </PostForm>
    </Slip>
  )
}
