import { useLoaderData } from '@remix-run/react'
import { Contracts, EarlierDays, Ends, Plan, PlanPeople } from '~/app/components/buying'
import { ActionButton, ButtonLink, Card, Columns, Confirm, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myPlan } from '~/server/buying'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.name ?? say('plan.mine.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => myPlan(personOf(viewer), params.id))

type Page = Awaited<ReturnType<typeof loader>>

export default function MyPlanScreen() {
  const { id, name, company, vendor, accepted, plan, ends, contracts, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myPlans(), label: say('plan.mine.title') }]}
        title={<bdi className="wrap-anywhere">{name}</bdi>}
        lede={say('plan.mine.of', { vendor: vendor.name, company })}
      />
      {accepted ? null : (
        <Card className="mb-8 max-w-[44rem]">
          <h2 className="text-prose mb-1.5">{say('plan.asked.title', { vendor: vendor.name, company })}</h2>
          <p>{say('plan.asked.why', { vendor: vendor.name, company })}</p>
          <div className="btns mt-3">
            <ActionButton
              action={paths.answerPlan(id)}
              fields={{ answer: 'accept' }}
              label={say('plan.accept', { company })}
              variant="primary"
            />
            <ActionButton action={paths.answerPlan(id)} fields={{ answer: 'decline' }} label={say('plan.decline')} variant="quiet" />
          </div>
        </Card>
      )}
      <Columns
        label={say('plan.people', { company })}
        rail={
          <>
            {accepted ? (
              <Section title={say('plan.people', { company })} id="people" className="[&_h2]:text-prose">
                <PlanPeople people={plan.people} company={company} />
              </Section>
            ) : null}
            <Section title={say('opportunity.expected')} id="days" className="[&_h2]:text-prose">
              <p className="m-0">{plan.dates[0] ? say('plan.towards', { date: sayChosenDay(plan.dates[0].day) }) : null}</p>
              <EarlierDays dates={plan.dates} />
            </Section>
            {accepted ? (
              <Confirm
                label={say('plan.leave')}
                title={say('plan.leave.sure')}
                action={paths.answerPlan(id)}
                fields={{ answer: 'decline' }}
                confirmLabel={say('plan.leave')}
                variant="quiet"
                size="sm"
              >
                {say('plan.leave.why')}
              </Confirm>
            ) : null}
          </>
        }
      >
        <Plan plan={plan} company={company} vendor={vendor.name} mayTick={(step) => accepted && step.side === 'theirs'} />
        {accepted ? (
          <>
            <Ends ends={ends} company={company} vendor={vendor.name}>
              {may.say && !ends.some(({ side }) => side === 'theirs') ? (
                <ButtonLink size="sm" to={paths.sayOutcome(id)}>
                  {say('outcome.say')}
                </ButtonLink>
              ) : null}
            </Ends>
            {contracts.length > 0 ? <Contracts contracts={contracts} /> : null}
          </>
        ) : null}
      </Columns>
    </Wrap>
  )
}
