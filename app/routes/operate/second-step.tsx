import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { Banner, Confirm, ErrorSummary, Hourglass, PageHead, Section, ShieldCheck, State, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { requirementPage, requireSecondStep } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.secondStep') }) }]

export const loader = load(({ viewer }) => requirementPage(viewer))

export const action = act(ButtonInput, async ({ viewer }) => {
  await requireSecondStep(viewer)
  return redirect(paths.operateSecondStep())
})

export default function SecondStepRuleScreen() {
  const { since, holders, without, names, viewerHas } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.secondStep')}
        lede={say('operate.secondStep.lede')}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        <ErrorSummary errors={errors} />
        <div className="grid gap-4">
          <p>
            {since ? (
              <State kind="ok" icon={ShieldCheck}>
                {say('operate.secondStep.on', { day: sayDate(since) })}
              </State>
            ) : (
              <State kind="wait" icon={Hourglass}>
                {say('operate.secondStep.off')}
              </State>
            )}
          </p>
          <p className="num">{say('operate.secondStep.count', { without, holders })}</p>
          {since ? (
            <Confirm
              label={say('operate.secondStep.end')}
              variant="default"
              title={say('operate.secondStep.end.title')}
              action={paths.endOperateSecondStep()}
              confirmLabel={say('operate.secondStep.end')}
            >
              {say('operate.secondStep.end.what')}
            </Confirm>
          ) : viewerHas ? (
            <Confirm
              label={say('operate.secondStep.require')}
              variant="default"
              title={say('operate.secondStep.require.title')}
              action={paths.operateSecondStep()}
              confirmLabel={say('operate.secondStep.require')}
              grave={false}
            >
              {say('operate.secondStep.require.what')}
            </Confirm>
          ) : (
            <Banner kind="caution">
              <Link className="underline" to={paths.setUpSecondStep()}>
                {say('operate.secondStep.yours')}
              </Link>
            </Banner>
          )}
        </div>
        {names.length > 0 ? (
          <Section title={say('operate.secondStep.without')} id="without">
            <ul className="flex flex-wrap gap-x-6 gap-y-2">
              {names.map((who) => (
                <li key={who.handle}>
                  <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
