import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CodeInput, Slip } from '~/app/components/accounts'
import { Button, ButtonLink, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { setUpApp, setUpPage } from '~/server/accounts'
import { SetUpAppInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.setUp.title') }) }]

export const loader = load(({ viewer }) => setUpPage(personOf(viewer)))

export const action = act(SetUpAppInput, async ({ viewer, input }) => {
  await setUpApp(personOf(viewer), input)
  return redirect(`${paths.recoveryCodes()}?after=set-up`)
})

export default function SetUpSecondStepScreen() {
  const { replaces, picture, letters, address } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip
      title={say(replaces ? 'accounts.setUp.title.again' : 'accounts.setUp.title')}
      lede={say(replaces ? 'accounts.setUp.lede.again' : 'accounts.setUp.lede')}
      foot={<p>{say('accounts.setUp.others')}</p>}
    >
      <ErrorSummary errors={errors} labels={{ code: say('accounts.setUp.code') }} />
      <div className="grid gap-4">
        <p className="strong">{say('accounts.setUp.scan')}</p>
        <img src={picture} alt={say('accounts.setUp.picture')} width={208} height={208} className="border border-hairline" />
        <p>
          <span className="meta">{say('accounts.setUp.letters')}</span>
          <br />
          <code dir="ltr" className="font-mono wrap-anywhere">
            {letters}
          </code>
        </p>
        <p>
          <a className="underline" href={address}>
            {say('accounts.setUp.open')}
          </a>
        </p>
      </div>
      <PostForm className="grid gap-6">
        <CodeInput label={say('accounts.setUp.code')} help={say('accounts.setUp.code.help')} error={errors.code} />
        <div className="btns">
          <Button variant="primary">{say('accounts.setUp.submit')}</Button>
          <ButtonLink variant="quiet" to={paths.account()}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Slip>
  )
}
