import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmailInput, PasswordInput, Slip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm, Section, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { signUp } from '~/server/accounts'
import { SignUpInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.signUp.title') }) }]

export const loader = load(({ viewer, url }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (viewer.kind === 'person') throw redirect(next)
  return { next }
})

export const action = act(SignUpInput, async ({ viewer, input: { next, ...given }, from, device, cookies }) => {
  return redirectWith(await signUp(viewer, given, { from, device, cookies }), paths.confirmEmailAgain(safeNext(next)))
})

const labels = () => ({
  email: say('accounts.email'),
  handle: say('accounts.handle'),
  displayName: say('accounts.displayName'),
  password: say('accounts.password'),
})

export default function SignUpScreen() {
  const { next } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Slip
      title={say('accounts.signUp.title')}
      lede={say('accounts.signUp.lede')}
      foot={
        <p>
          {say('accounts.signUp.haveAccount')}{' '}
          <Link className="underline" to={paths.signIn(next)}>
            {say('ui.signIn')}
          </Link>
        </p>
      }
      beside={<WhoSees />}
    >
      <ErrorSummary errors={errors} labels={labels()} />
      <PostForm fields={{ next }} className="grid gap-6">
        <EmailInput value={typed(values, 'email')} error={errors.email} help={say('accounts.signUp.email.help')} />
        <TextInput
          label={labels().handle}
          name="handle"
          dir="ltr"
          autoComplete="nickname"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={typed(values, 'handle')}
          help={say('accounts.signUp.handle.help')}
          error={errors.handle}
        />
        <TextInput
          label={labels().displayName}
          name="displayName"
          optional
          autoComplete="name"
          maxLength={60}
          defaultValue={typed(values, 'displayName')}
          help={say('accounts.signUp.displayName.help')}
          error={errors.displayName}
        />
        <PasswordInput label={labels().password} kind="new-password" help={say('accounts.signUp.password.help')} error={errors.password} />
        <div className="btns">
          <Button variant="primary">{say('accounts.signUp.submit')}</Button>
        </div>
      </PostForm>
    </Slip>
  )
}

/** Before anything is given: who will see it. */
function WhoSees() {
  return (
    <Section side="member" title={say('accounts.signUp.seen')} id="seen" className="[&_h2]:text-prose">
      <dl className="facts facts-wide">
        {(['email', 'handle', 'displayName', 'vault'] as const).map((what) => (
          <div key={what}>
            <dt>{what === 'vault' ? say('accounts.signUp.seen.rest') : labels()[what]}</dt>
            <dd className="font-normal!">{say(`accounts.signUp.seen.${what}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="meta mt-4">
        <Link to={paths.method()}>{say('accounts.signUp.seen.how')}</Link>
      </p>
    </Section>
  )
}
