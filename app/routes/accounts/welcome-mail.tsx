import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { WelcomeSlip } from '~/app/components/accounts'
import { Button, ErrorSummary, PostForm, RadioGroup } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nextStep, passStep } from '~/server/accounts'
import { howOften, keepHowOften } from '~/server/notifications'
import { HowOftenInput } from '~/server/notifications/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.welcome.mail') }) }]

export const loader = load(async ({ viewer }) => ({ often: await howOften(personOf(viewer)) }))

export const action = act(HowOftenInput, async ({ viewer, input }) => {
  await keepHowOften(personOf(viewer), input)
  return redirect(paths.welcomeStep(nextStep(await passStep(personOf(viewer), 'mail'))))
})

const ANSWERS = ['proposed', 'weekly', 'nothing'] as const

export default function WelcomeMailScreen() {
  const { often } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <WelcomeSlip step="mail">
      <ErrorSummary errors={errors} labels={{ often: say('accounts.welcome.mail.often') }} />
      <PostForm className="grid gap-6">
        <RadioGroup
          label={say('accounts.welcome.mail.often')}
          name="often"
          required
          defaultValue={typed(values, 'often', often ?? '')}
          error={errors.often}
          options={ANSWERS.map((value) => ({
            value,
            label: say(`accounts.welcome.mail.${value}`),
            help: say(`accounts.welcome.mail.${value}.help`),
          }))}
        />
        <div className="btns">
          <Button variant="primary">{say('accounts.welcome.keep')}</Button>
        </div>
      </PostForm>
      <p>
        <Link className="underline" to={paths.notificationSettings()}>
          {say('accounts.welcome.mail.finer')}
        </Link>
      </p>
    </WelcomeSlip>
  )
}
