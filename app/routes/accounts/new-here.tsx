import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { EmailInput, Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm, Section, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { arrivalPage, joinAtArrival } from '~/server/accounts'
import { JoinInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.signUp.title') }) }]

export const loader = load(async ({ viewer, cookies }) => {
  const arrival = await arrivalPage(cookies)
  if (!arrival) return redirect(paths.signIn())
  if (viewer.kind === 'person') return redirect(paths.bindProvider())
  return arrival
})

export const action = act(JoinInput, async ({ viewer, input, from, device, cookies }) => {
  const joined = await joinAtArrival(viewer, input, { from, device, cookies })
  return redirectWith(joined.cookies, safeNext(joined.next))
})

export default function NewHereScreen() {
  const { provider, email, name } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { email: say('accounts.email'), handle: say('accounts.handle'), displayName: say('accounts.displayName') }
  return (
    <Slip
      title={say('accounts.provider.newHere', { name: provider })}
      lede={say('accounts.provider.newHere.lede')}
      beside={
        <Section title={say('accounts.provider.have')} id="have">
          <p className="soft mb-4">{say('accounts.provider.have.what', { name: provider })}</p>
          <ButtonLink to={paths.signIn(paths.bindProvider())}>{say('accounts.provider.have.submit')}</ButtonLink>
        </Section>
      }
    >
      <h2>{say('accounts.provider.new')}</h2>
      <ErrorSummary errors={errors} labels={labels} />
      <PostForm className="grid gap-6">
        <EmailInput value={typed(values, 'email', email)} help={say('accounts.signUp.email.help')} error={errors.email} />
        <TextInput
          label={labels.handle}
          name="handle"
          dir="ltr"
          autoComplete="nickname"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={3}
          maxLength={20}
          defaultValue={typed(values, 'handle')}
          help={say('accounts.signUp.handle.help')}
          error={errors.handle}
        />
        <TextInput
          label={labels.displayName}
          name="displayName"
          autoComplete="name"
          maxLength={60}
          optional
          defaultValue={typed(values, 'displayName', name.slice(0, 60))}
          help={say('accounts.signUp.displayName.help')}
          error={errors.displayName}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.signUp.submit')}</Button>
        </div>
      </PostForm>
    </Slip>
  )
}
