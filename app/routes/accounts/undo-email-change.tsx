import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { emailChangePage, undoEmailChange } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.undo.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => emailChangePage(params.token, 'undo-email'))

export const action = act(ButtonInput, async ({ params }) => redirect(paths.resetPassword(await undoEmailChange(params.token))))

export default function UndoEmailChangeScreen() {
  const { state, address, oldAddress, handle } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (state !== 'open')
    return (
      <Slip
        title={say('accounts.undo.title')}
        lede={state === 'done' ? say('accounts.undo.done', { handle, oldAddress }) : say('accounts.email.over')}
      >
        <div className="btns">
          <ButtonLink to={paths.signIn()}>{say('ui.signIn')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip title={say('accounts.undo.title')} lede={say('accounts.undo.question', { handle, address, oldAddress })}>
      <ErrorSummary errors={errors} />
      <PostForm className="btns">
        <Button variant="danger-solid">{say('accounts.undo.submit')}</Button>
      </PostForm>
    </Slip>
  )
}
