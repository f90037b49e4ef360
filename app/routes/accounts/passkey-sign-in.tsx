import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PasskeyButton, passkeyErrors, Slip } from '~/app/components/accounts'
import { ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { passkeysFor, signInWithPasskey } from '~/server/accounts'
import { PasskeySignInInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.passkey.signIn') }) }]

export const loader = load(({ viewer, url }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (viewer.kind === 'person') throw redirect(next)
  return { next, place: passkeysFor() }
})

export const action = act(PasskeySignInInput, async ({ viewer, input, from, device, cookies }) =>
  redirectWith(await signInWithPasskey(viewer, input, { from, device, cookies }), safeNext(input.next)),
)

export default function PasskeySignInScreen() {
  const { next, place } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip
      title={say('accounts.passkey.signIn')}
      lede={say('accounts.passkey.signIn.lede')}
      foot={
        <p>
          <Link className="underline" to={paths.signIn(next)}>
            {say('accounts.passkey.withPassword')}
          </Link>
        </p>
      }
    >
      <ErrorSummary errors={passkeyErrors(errors)} />
      <PostForm fields={{ next }} className="btns">
        <PasskeyButton purpose="sign-in" place={place} variant="primary" otherwise={<p>{say('accounts.passkey.cannot')}</p>}>
          {say('accounts.passkey.signIn.submit')}
        </PasskeyButton>
      </PostForm>
    </Slip>
  )
}
