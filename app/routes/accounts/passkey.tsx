import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PasskeyName, Slip } from '~/app/components/accounts'
import { Button, ButtonLink, Confirm, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { passkeyPage, renamePasskey } from '~/server/accounts'
import { PasskeyNameInput } from '~/server/accounts/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.passkey') }) }]

export const loader = load(({ viewer, params }) => passkeyPage(personOf(viewer), params.id))

export const action = act(PasskeyNameInput, async ({ viewer, params, input }) => {
  await renamePasskey(personOf(viewer), params.id, input)
  return redirect(`${paths.account()}#passkeys`)
})

export default function PasskeyScreen() {
  const { id, name, createdAt, usedAt } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip
      title={say('accounts.passkey')}
      lede={`${say('accounts.passkey.since', { day: sayDate(createdAt) })}, ${usedAt ? say('accounts.passkey.used', { day: sayDate(usedAt) }) : say('accounts.passkey.unused')}`}
      foot={
        <div className="btns">
          <Confirm
            label={say('accounts.passkey.remove')}
            title={say('accounts.passkey.remove.title', { name })}
            action={paths.removePasskey(id)}
            confirmLabel={say('accounts.passkey.remove')}
          >
            {say('accounts.passkey.remove.what')}
          </Confirm>
        </div>
      }
    >
      <ErrorSummary errors={errors} labels={{ name: say('accounts.passkey.name') }} />
      <PostForm className="grid gap-6">
        <PasskeyName proposed={name} />
        <div className="btns">
          <Button variant="primary">{say('accounts.passkey.rename')}</Button>
          <ButtonLink variant="quiet" to={paths.account()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
