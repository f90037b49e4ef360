import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { opportunitiesOf } from '~/server/buying'
import { say, sayMoney } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('opportunity.list.title', { vendor: data.vendor.name }) : say('buying.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const after = url.searchParams.get('after')
  return { ...(await opportunitiesOf(personOf(viewer), params.slug, after)), first: after === null }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function OpportunitiesScreen() {
  const { vendor, opportunities, today, older, first, may } = useLoaderData<typeof loader>()
  const here = paths.opportunities(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.accounts(vendor.slug), label: say('account.title') },
        ]}
        title={say('opportunity.list.title', { vendor: vendor.name })}
        lede={say('opportunity.list.lede')}
        end={
          <>
            {may.turn ? (
              <ButtonLink variant="quiet" to={paths.buying(vendor.slug)}>
                {say('buying.switch')}
              </ButtonLink>
            ) : null}
            <ButtonLink to={paths.stages(vendor.slug)}>{say('stage.title')}</ButtonLink>
          </>
        }
      />
      {opportunities.length === 0 ? (
        <Empty
          title={say('opportunity.none')}
          action={<ButtonLink to={paths.accounts(vendor.slug)}>{say('opportunity.accounts')}</ButtonLink>}
        >
          {say('opportunity.noneWhy')}
        </Empty>
      ) : (
        <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('buying.title')}>
          <table className="tbl tbl-stack">
            <thead>
              <tr>
                <th scope="col">{say('opportunity.name')}</th>
                <th scope="col">{say('opportunity.next')}</th>
                <th scope="col">{say('opportunity.stage')}</th>
                <th scope="col">{say('opportunity.expected')}</th>
                <th scope="col" className="r">
                  {say('opportunity.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {opportunities.map((one) => (
                <tr key={one.id}>
                  <td>
                    <div>
                      <b>
                        <Link to={paths.opportunity(one.id)}>
                          <bdi className="wrap-anywhere">{one.name}</bdi>
                        </Link>
                      </b>
                      <span className="meta block">
                        <Link to={paths.accountPage(one.account)}>
                          <bdi className="wrap-anywhere">{one.company}</bdi>
                        </Link>{' '}
                        {say(`buying.motion.${one.motion}`)}
                      </span>
                    </div>
                  </td>
                  <td data-label={say('opportunity.next')}>
                    {one.outcome ? say('outcome.needsNothing', { outcome: one.outcome }) : <Next next={one.next} today={today} />}
                  </td>
                  <td data-label={say('opportunity.stage')}>
                    {one.stage ? (
                      <div>
                        <bdi className="wrap-anywhere">{one.stage.sentence}</bdi>{' '}
                        <span className="meta block">{say('opportunity.stage.days', { days: one.stage.days })}</span>
                      </div>
                    ) : (
                      <span className="faint">{say('opportunity.stage.none')}</span>
                    )}
                  </td>
                  <td className="nowrap" data-label={say('opportunity.expected')}>
                    {sayChosenDay(one.expected)}
                  </td>
                  <td className="r num" data-label={say('opportunity.amount')}>
                    {sayMoney(one.amount, one.currency)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager newer={first ? null : here} older={older ? `${here}?after=${older}` : null} />
    </Wrap>
  )
}

function Next({ next, today }: { next: Page['opportunities'][number]['next']; today: string }) {
  if (!next) return <span className="faint">{say('opportunity.next.none')}</span>
  return (
    <div>
      <bdi className="wrap-anywhere">{next.what}</bdi>
      <span className="meta block">
        {say(`opportunity.side.${next.side}`)}
        {next.due ? `, ${say(next.due < today ? 'opportunity.overdue' : 'opportunity.due', { date: sayChosenDay(next.due) })}` : ''}
      </span>
    </div>
  )
}
