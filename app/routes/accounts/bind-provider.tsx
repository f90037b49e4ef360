import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf, redirectWith } from '~/app/http.server'
import { paths } from '~/app/paths'
import { arrivalPage, bindArrival } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.providers') }) }]

export const loader = load(async ({ viewer, cookies }) => {
  const { handle } = personOf(viewer)
  const arrival = await arrivalPage(cookies)
  if (!arrival) return redirect(paths.account())
  return { ...arrival, handle }
})

export const action = act(ButtonInput, async ({ viewer, cookies }) => {
  const bound = await bindArrival(personOf(viewer), cookies)
  return redirectWith(bound.cookies, `${paths.account()}?after=provider#providers`)
})

export default function BindProviderScreen() {
  const { provider, handle, name, email } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  const who = name || email
  return (
    <Slip
      title={say('accounts.provider.bind', { name: provider })}
      lede={who ? say('accounts.provider.bind.lede', { handle, name: provider, who }) : say('accounts.provider.bind.nameless', { handle })}
    >
      <ErrorSummary errors={errors} />
      <PostForm className="btns">
        <Button variant="primary">{say('accounts.provider.bind.submit')}</Button>
        <ButtonLink variant="quiet" to={paths.account()}>
          {say('ui.keepIt')}
        </ButtonLink>
      </PostForm>
    </Slip>
  )
}
