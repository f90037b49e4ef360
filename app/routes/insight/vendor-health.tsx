import { Link, useLoaderData } from '@remix-run/react'
import { sayHealth, sayReason } from '~/app/components/insight'
import { Empty, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { vendorHealth } from '~/server/insight'
import { say, sayNumber } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('health.list.title', { vendor: data.vendor.name }) : say('health.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => vendorHealth(personOf(viewer), params.slug))

type Page = Awaited<ReturnType<typeof loader>>

export default function VendorHealthScreen() {
  const { vendor, day, accounts, more, tested } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.accounts(vendor.slug), label: say('account.title') }]}
        title={say('health.list.title', { vendor: vendor.name })}
        lede={say('health.list.lede')}
      />
      {accounts.length === 0 ? (
        <Empty title={say('health.list.none')}>{say('health.list.noneWhy')}</Empty>
      ) : (
        <>
          <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('health.title')}>
            <table className="tbl tbl-stack">
              <thead>
                <tr>
                  <th scope="col">{say('health.list.company')}</th>
                  <th scope="col">{say('health.title')}</th>
                  <th scope="col">{say('health.reasons')}</th>
                  <th scope="col">{say('account.owner')}</th>
                  <th scope="col" className="r">
                    {say('health.list.covered')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((one) => (
                  <tr key={one.accountId}>
                    <td>
                      <div>
                        <b>
                          <Link to={paths.accountHealth(one.accountId)}>
                            <bdi className="wrap-anywhere">{one.name}</bdi>
                          </Link>
                        </b>{' '}
                        {one.suffix ? <span className="faint">{one.suffix}</span> : null}
                      </div>
                    </td>
                    <td data-label={say('health.title')}>
                      {sayHealth({ score: one.score, capped: one.reasons.some(({ caps }) => caps) })}
                    </td>
                    <td data-label={say('health.reasons')}>
                      {one.reasons.length > 0 ? (
                        <ul>
                          {one.reasons.map((reason) => (
                            <li key={reason.kind}>{sayReason(reason)}</li>
                          ))}
                        </ul>
                      ) : (
                        <span className="faint">{say('health.reasons.none')}</span>
                      )}
                    </td>
                    <td data-label={say('account.owner')}>{one.owner ?? <span className="faint">{say('relationships.nobody')}</span>}</td>
                    <td className="r num" data-label={say('health.list.covered')}>
                      {say('health.list.percent', { share: Math.round(one.coverage * 100) })}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="meta mt-2 flex flex-wrap gap-x-4">
            {day ? <span>{say('health.weighedOn', { date: sayChosenDay(day) })}</span> : null}
            {more ? <span>{say('health.list.more')}</span> : null}
          </p>
        </>
      )}
      <Section title={say('health.tested')} id="tested" className="mt-12">
        <p className="soft mb-3">{say(tested.length > 0 ? 'health.tested.why' : 'health.tested.none')}</p>
        {tested.length > 0 ? (
          <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('health.tested')}>
            <table className="tbl">
              <thead>
                <tr>
                  <th scope="col">{say('health.tested.month')}</th>
                  <th scope="col" className="r">
                    {say('health.tested.left')}
                  </th>
                  <th scope="col" className="r">
                    {say('health.tested.warned')}
                  </th>
                  <th scope="col" className="r">
                    {say('health.tested.unknown')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {tested.map(({ month, left, warned, unknown }) => (
                  <tr key={month}>
                    <td className="num">{month}</td>
                    <td className="r num">{sayNumber(left)}</td>
                    <td className="r num">{sayNumber(warned)}</td>
                    <td className="r num">{sayNumber(unknown)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </Section>
    </Wrap>
  )
}
