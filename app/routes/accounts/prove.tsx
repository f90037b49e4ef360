import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CodeInput, PasskeyButton, passkeyErrors, PasswordInput, Slip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { proveAgain, provePage } from '~/server/accounts'
import { ProofInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.prove.title') }) }]

export const loader = load(async ({ viewer, url }) => ({
  ...(await provePage(personOf(viewer))),
  next: safeNext(url.searchParams.get('next') ?? paths.account()),
}))

export const action = act(ProofInput, async ({ viewer, input, cookies }) => {
  await proveAgain(personOf(viewer), input, cookies)
  return redirect(safeNext(input.next ?? paths.account()))
})

export default function ProveScreen() {
  const { address, byPassword, byCode, byPasskey, next } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip title={say('accounts.prove.title')} lede={say('accounts.prove.lede')}>
      <ErrorSummary errors={passkeyErrors(errors)} labels={{ password: say('accounts.password'), code: say('accounts.secondStep.code') }} />
      {byPassword && byCode ? <p className="soft">{say('accounts.prove.either')}</p> : null}
      {byPassword || byCode || byPasskey ? null : (
        <p>
          <Link className="underline" to={paths.forgotPassword()}>
            {say('accounts.prove.none')}
          </Link>
        </p>
      )}
      <PostForm fields={{ next }} className="grid gap-6">
        <input type="text" name="username" autoComplete="username" defaultValue={address} readOnly hidden />
        {byPassword || !(byCode || byPasskey) ? (
          <PasswordInput label={say('accounts.password')} kind="current-password" required={false} error={errors.password} />
        ) : null}
        {byCode ? (
          <CodeInput label={say('accounts.secondStep.code')} help={say('accounts.secondStep.code.help')} error={errors.code} />
        ) : null}
        <div className="btns">
          {byPassword || byCode ? <Button variant="primary">{say('accounts.prove.submit')}</Button> : null}
          {byPasskey ? (
            <PasskeyButton
              purpose="prove"
              place={byPasskey}
              variant={byPassword || byCode ? 'default' : 'primary'}
              otherwise={byPassword || byCode ? null : <p>{say('accounts.passkey.cannot')}</p>}
            >
              {say('accounts.passkey.prove')}
            </PasskeyButton>
          ) : null}
        </div>
      </PostForm>
    </Slip>
  )
}
