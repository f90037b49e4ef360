import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Banner, Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { makeRecoveryCodes, recoveryPage } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.recovery') }) }]

export const loader = load(async ({ viewer, url }) => ({
  ...(await recoveryPage(personOf(viewer))),
  justSetUp: url.searchParams.get('after') === 'set-up',
}))

/** The codes stand in the answer to the form alone: no address leads to them again. */
export const action = act(ButtonInput, async ({ viewer }) => data({ codes: await makeRecoveryCodes(personOf(viewer)) }))

export default function RecoveryCodesScreen() {
  const { left, justSetUp } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  const made = useActionData<{ codes?: string[] }>()?.codes
  if (made)
    return (
      <Slip title={say('accounts.recovery')} lede={say('accounts.recovery.once')}>
        <ul className="grid gap-x-8 gap-y-2 sm:grid-cols-2" aria-label={say('accounts.recovery')} role="list">
          {made.map((code) => (
            <li key={code}>
              <code dir="ltr" className="font-mono">
                {code}
              </code>
            </li>
          ))}
        </ul>
        <div className="btns">
          <ButtonLink variant="primary" to={paths.account()}>
            {say('accounts.recovery.done')}
          </ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip title={say('accounts.recovery')} lede={say('accounts.recovery.lede')}>
      {justSetUp ? (
        <Banner kind="success" role="status">
          {say('accounts.recovery.on')}
        </Banner>
      ) : null}
      <ErrorSummary errors={errors} />
      {justSetUp && left === 0 ? null : <p className="soft">{say('accounts.recovery.present', { count: left })}</p>}
      <PostForm className="btns">
        <Button variant="primary">{say('accounts.recovery.show')}</Button>
        <ButtonLink variant="quiet" to={paths.account()}>
          {say('ui.keepIt')}
        </ButtonLink>
      </PostForm>
    </Slip>
  )
}
