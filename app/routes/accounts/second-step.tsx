import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CodeInput, Slip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { takeSecondStep } from '~/server/accounts'
import { SecondStepInput } from '~/server/accounts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.secondStep.title') }) }]

export const loader = load(({ viewer, url }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (viewer.kind === 'person') throw redirect(next)
  return { next }
})

export const action = act(SecondStepInput, async ({ viewer, input, device, cookies }) =>
  redirectWith(await takeSecondStep(viewer, input, { device, cookies }), safeNext(input.next)),
)

export default function SecondStepScreen() {
  const { next } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Slip
      title={say('accounts.secondStep.title')}
      lede={say('accounts.secondStep.lede')}
      foot={
        <>
          <p>{say('accounts.secondStep.lost')}</p>
          <p>
            <Link className="underline" to={paths.signIn(next)}>
              {say('accounts.secondStep.again')}
            </Link>
          </p>
        </>
      }
    >
      <ErrorSummary errors={errors} labels={{ code: say('accounts.secondStep.code') }} />
      <PostForm fields={{ next }} className="grid gap-6">
        <CodeInput
          label={say('accounts.secondStep.code')}
          help={say('accounts.secondStep.code.help')}
          error={errors.code}
          autoFocus={!errors.code}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.secondStep.submit')}</Button>
        </div>
      </PostForm>
    </Slip>
  )
}
