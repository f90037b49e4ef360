import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EmailInput, PasskeyButton, PasswordInput, Slip } from '~/app/components/accounts'
import { Banner, Button, buttonClass, ErrorSummary, PostForm } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { passkeysFor, providerOf, providersOffered, signIn } from '~/server/accounts'
import { SignInInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.signIn.title') }) }]

export const loader = load(async ({ viewer, url, request }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (viewer.kind === 'person') throw redirect(next)
  const after = url.searchParams.get('after')
  return {
    next,
    place: passkeysFor(),
    providers: await providersOffered(),
    after: after === 'confirmed' || after === 'reset' ? (after as 'confirmed' | 'reset') : null,
    kept: /(?:^|;\s*)parley_held=/.test(request.headers.get('cookie') ?? '') && next !== '/',
  }
})

const attempt = act(SignInInput, async ({ viewer, input, from, device, cookies }) => {
  const signedIn = await signIn(viewer, input, { from, device, cookies })
  const next = safeNext(input.next)
  return redirectWith(signedIn.cookies, signedIn.secondStep ? paths.secondStep(next) : next)
})

/** Where it did not work, whoever’s organisation signs its people in is told so. */
export async function action(args: ActionFunctionArgs) {
  const answer = await attempt(args)
  if (!('data' in answer)) return answer
  const { errors, values } = answer.data
  return data({ errors, values, theirs: await providerOf(typed(values, 'email')) }, answer.init ?? undefined)
}

export default function SignInScreen() {
  const { next, place, providers, after, kept } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const theirs = useActionData<typeof action>()?.theirs
  return (
    <Slip
      title={say('accounts.signIn.title')}
      foot={
        <>
          <p>
            <Link className="underline" to={paths.forgotPassword()}>
              {say('accounts.signIn.forgot')}
            </Link>
          </p>
          <p>
            {say('accounts.signIn.noAccount')}{' '}
            <Link className="underline" to={paths.signUp(next)}>
              {say('ui.join')}
            </Link>
          </p>
        </>
      }
    >
      {after ? (
        <Banner kind="success" role="status">
          {say(`accounts.signIn.${after}`)}
        </Banner>
      ) : null}
      {kept ? <Banner>{say('accounts.signIn.back')}</Banner> : null}
      {theirs ? (
        <Banner>
          <a className="underline" href={paths.goToProvider(theirs.id, next)}>
            {say('accounts.provider.theirs', { domain: theirs.domain, name: theirs.name })}
          </a>
        </Banner>
      ) : null}
      <ErrorSummary errors={errors} labels={{ email: say('accounts.email'), password: say('accounts.password') }} />
      <PostForm fields={{ next }} className="grid gap-6">
        <EmailInput value={typed(values, 'email')} error={errors.email} />
        <PasswordInput label={say('accounts.password')} kind="current-password" error={errors.password} />
        <div className="btns">
          <Button variant="primary">{say('accounts.signIn.submit')}</Button>
        </div>
      </PostForm>
      <PostForm action={paths.passkeySignIn()} fields={{ next }} className="btns">
        <PasskeyButton purpose="sign-in" place={place}>
          {say('accounts.passkey.signIn')}
        </PasskeyButton>
      </PostForm>
      {providers.length > 0 ? (
        <div className="btns">
          {providers.map(({ id, name }) => (
            <a key={id} className={buttonClass({})} href={paths.goToProvider(id, next)} rel="nofollow">
              {say('accounts.provider.signIn', { name })}
            </a>
          ))}
        </div>
      ) : null}
    </Slip>
  )
}
