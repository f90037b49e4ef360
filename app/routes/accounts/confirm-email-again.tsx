import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { ownAccount, sendConfirmationAgain } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.confirm.lookAtMail') }) }]

export const loader = load(async ({ viewer, url }) => {
  const account = await ownAccount(personOf(viewer))
  return { address: account?.address ?? '', confirmed: Boolean(account?.confirmedAt), next: safeNext(url.searchParams.get('next')) }
})

export const action = act(ButtonInput, async ({ viewer, input }) => {
  await sendConfirmationAgain(personOf(viewer))
  return redirect(paths.confirmEmailAgain(safeNext(input.next)))
})

export default function LookAtYourMailScreen() {
  const { address, confirmed, next } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  if (confirmed)
    return (
      <Slip title={say('accounts.confirm.title')}>
        <p className="text-body">{say('accounts.confirm.already', { address })}</p>
        <div className="btns">
          <ButtonLink to={next}>{say('accounts.confirm.goOn')}</ButtonLink>
        </div>
      </Slip>
    )
  return (
    <Slip
      title={say('accounts.confirm.lookAtMail')}
      lede={say('accounts.confirm.sentTo', { address })}
      foot={<p>{say('accounts.confirm.notThere')}</p>}
    >
      <ErrorSummary errors={errors} />
      <p className="text-body">{say('accounts.confirm.until')}</p>
      <PostForm fields={{ next }} className="btns">
        <ButtonLink to={next} variant="primary">
          {say('accounts.confirm.goOn')}
        </ButtonLink>
        <Button>{say('ui.sendAgain')}</Button>
      </PostForm>
    </Slip>
  )
}
