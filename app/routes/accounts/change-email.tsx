import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Banner, Button, ButtonLink, ErrorSummary, PostForm, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askToChangeEmail, changeEmailPage } from '~/server/accounts'
import { ChangeEmailInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.email.title') }) }]

export const loader = load(async ({ viewer, url }) => ({
  ...(await changeEmailPage(personOf(viewer))),
  sent: url.searchParams.has('sent'),
}))

export const action = act(ChangeEmailInput, async ({ viewer, input }) => {
  await askToChangeEmail(personOf(viewer), input)
  return redirect(`${paths.changeEmail()}?sent`)
})

export default function ChangeEmailScreen() {
  const { address, sent } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Slip title={say('accounts.email.title')} lede={say('accounts.email.lede', { address })} foot={<p>{say('accounts.email.undoable')}</p>}>
      {sent && Object.keys(errors).length === 0 ? (
        <Banner kind="success" role="status">
          {say('accounts.email.sent')}
        </Banner>
      ) : null}
      <ErrorSummary errors={errors} labels={{ email: say('accounts.email.new') }} />
      <PostForm className="grid gap-6">
        <TextInput
          label={say('accounts.email.new')}
          name="email"
          type="email"
          dir="ltr"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          defaultValue={typed(values, 'email')}
          error={errors.email}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.email.submit')}</Button>
          <ButtonLink variant="quiet" to={paths.account()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
