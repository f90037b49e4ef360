import { Link, useLoaderData } from '@remix-run/react'
import { Contracts, DateForm, EarlierDays, Ends, InviteForm, Plan, PlanPeople, StepForm } from '~/app/components/buying'
import { Strip, Unfold } from '~/app/components/relationships'
import { ButtonLink, Columns, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { opportunityPage } from '~/server/buying'
import { say, sayMoney } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.opportunity.name ?? say('buying.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => opportunityPage(personOf(viewer), params.id))

type Page = Awaited<ReturnType<typeof loader>>

export default function OpportunityScreen() {
  const page = useLoaderData<typeof loader>()
  const { opportunity, vendor, account, plan, ends, contracts, may } = page
  const { id } = opportunity
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.opportunities(vendor.slug), label: say('buying.title') },
          { to: paths.accountPage(account.id), label: account.name },
        ]}
        title={<bdi className="wrap-anywhere">{opportunity.name}</bdi>}
        lede={
          <>
            {say(`buying.motion.${opportunity.motion}`)} · <bdi>{account.name}</bdi>
          </>
        }
      />
      <Strip
        items={[
          {
            label: say('opportunity.stage'),
            value: plan.stage ? <bdi className="wrap-anywhere">{plan.stage.sentence}</bdi> : say('opportunity.stage.none'),
          },
          { label: say('buying.inStage'), value: plan.stage ? say('opportunity.stage.days', { days: plan.stage.days }) : '–' },
          { label: say('opportunity.expected'), value: plan.dates[0] ? sayChosenDay(plan.dates[0].day) : '–' },
          { label: say('opportunity.amount'), value: sayMoney(opportunity.amount, opportunity.currency) },
        ]}
      />
      <Columns rail={<Rail page={page} />} label={say('plan.people', { company: account.name })}>
        <Plan plan={plan} company={account.name} vendor={vendor.name} isStaff mayTick={(step) => may.keep && step.side === 'ours'} />
        {may.keep ? (
          <Unfold label={say('plan.step.add')}>
            <div className="max-w-[36rem]">
              <StepForm id={id} company={account.name} vendor={vendor.name} />
            </div>
          </Unfold>
        ) : null}
        <Ends ends={ends} company={account.name} vendor={vendor.name}>
          {may.keep && !ends.some(({ side }) => side === 'ours') ? (
            <ButtonLink size="sm" to={paths.endOpportunity(id)}>
              {say('outcome.tell')}
            </ButtonLink>
          ) : null}
        </Ends>
        <Contracts contracts={contracts}>
          {may.keep && (!ends[0] || ends[0].outcome === 'won') ? (
            <ButtonLink size="sm" to={paths.signContract(id)}>
              {say(contracts.length > 0 ? 'contract.amend' : 'contract.sign')}
            </ButtonLink>
          ) : null}
        </Contracts>
      </Columns>
    </Wrap>
  )
}

function Rail({ page: { opportunity, account, plan, missing, may } }: { page: Page }) {
  return (
    <>
      <Section title={say('plan.people', { company: account.name })} id="people" className="[&_h2]:text-prose">
        <PlanPeople people={plan.people} company={account.name} />
        {missing.map((role) => (
          <p key={role} className="soft mt-2">
            {say(`opportunity.missing.${role}`)} <Link to={paths.accountPage(account.id)}>{say('opportunity.company')}</Link>
          </p>
        ))}
        {may.keep ? (
          <Unfold label={say('plan.invite')}>
            <InviteForm id={opportunity.id} />
          </Unfold>
        ) : null}
      </Section>
      <Section title={say('opportunity.expected')} id="days" className="[&_h2]:text-prose">
        <p className="m-0">{plan.dates[0] ? sayChosenDay(plan.dates[0].day) : null}</p>
        <EarlierDays dates={plan.dates} />
        {may.keep ? (
          <Unfold label={say('opportunity.move')}>
            <DateForm id={opportunity.id} />
          </Unfold>
        ) : null}
      </Section>
    </>
  )
}
