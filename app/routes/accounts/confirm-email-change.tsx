import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { confirmEmailChange, emailChangePage } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.email.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => emailChangePage(params.token, 'change-email'))

export const action = act(ButtonInput, async ({ params }) => {
  await confirmEmailChange(params.token)
  return redirect(paths.confirmEmailChange(params.token))
})

export default function ConfirmEmailChangeScreen() {
  const { state, address, oldAddress, handle } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (state !== 'open')
    return (
      <Slip
        title={say('accounts.email.title')}
        lede={state === 'done' ? say('accounts.email.done', { address }) : say('accounts.email.over')}
      >
        <div className="btns">
          <ButtonLink to={paths.account()}>{say('accounts.account.title')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip
      title={say('accounts.email.title')}
      lede={say('accounts.email.question', { handle, address, oldAddress })}
      foot={<p>{say('accounts.email.undoable')}</p>}
    >
      <ErrorSummary errors={errors} />
      <PostForm className="btns">
        <Button variant="primary">{say('accounts.email.confirm')}</Button>
      </PostForm>
    </Slip>
  )
}
