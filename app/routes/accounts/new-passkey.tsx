import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasskeyButton, passkeyErrors, PasskeyName, Slip } from '~/app/components/accounts'
import { ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addPasskey, newPasskeyPage } from '~/server/accounts'
import { NewPasskeyInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.passkey.new') }) }]

export const loader = load(({ viewer, device }) => ({ ...newPasskeyPage(personOf(viewer)), device }))

export const action = act(NewPasskeyInput, async ({ viewer, input, cookies }) => {
  await addPasskey(personOf(viewer), input, cookies)
  return redirect(`${paths.account()}?after=passkey#passkeys`)
})

export default function NewPasskeyScreen() {
  const { place, device } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip title={say('accounts.passkey.new')} lede={say('accounts.passkey.what')} foot={<p>{say('accounts.passkey.new.where')}</p>}>
      <ErrorSummary errors={passkeyErrors(errors)} labels={{ name: say('accounts.passkey.name') }} />
      <PostForm className="grid gap-6">
        <PasskeyName proposed={device} />
        <div className="btns">
          <PasskeyButton purpose="add" place={place} variant="primary" otherwise={<p>{say('accounts.passkey.cannot')}</p>}>
            {say('accounts.passkey.new.submit')}
          </PasskeyButton>
          <ButtonLink variant="quiet" to={paths.account()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
