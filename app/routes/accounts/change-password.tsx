import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasswordInput, Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changePassword, ownAccount } from '~/server/accounts'
import { ChangePasswordInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.change.title') }) }]

export const loader = load(async ({ viewer }) => ({ address: (await ownAccount(personOf(viewer)))?.address ?? '' }))

export const action = act(ChangePasswordInput, async ({ viewer, input }) => {
  await changePassword(personOf(viewer), input)
  return redirect(`${paths.account()}?after=password`)
})

const labels = () => ({ currentPassword: say('accounts.change.current'), password: say('accounts.change.new') })

export default function ChangePasswordScreen() {
  const { address } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip title={say('accounts.change.title')} lede={say('accounts.change.note')}>
      <ErrorSummary errors={errors} labels={labels()} />
      <PostForm className="grid gap-6">
        <input type="text" name="username" autoComplete="username" defaultValue={address} readOnly hidden />
        <PasswordInput label={labels().currentPassword} name="currentPassword" kind="current-password" error={errors.currentPassword} />
        <PasswordInput label={labels().password} kind="new-password" help={say('accounts.signUp.password.help')} error={errors.password} />
        <div className="btns">
          <Button variant="primary">{say('accounts.change.submit')}</Button>
          <ButtonLink variant="quiet" to={paths.account()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
