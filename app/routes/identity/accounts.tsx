import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, Finder, PageHead, Pager, RelativeTime, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { buyingAt } from '~/server/buying'
import { accountsOf } from '~/server/identity'
import { say } from '~/words'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('account.list.title', { vendor: data.vendor.name }) : say('account.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const [me, before] = [personOf(viewer), url.searchParams.get('before')]
  const [page, buying] = await Promise.all([
    accountsOf(me, params.slug, { search: url.searchParams.get('q') ?? '', before }),
    buyingAt(me, params.slug),
  ])
  return { ...page, buying, first: before === null }
})

export default function AccountsScreen() {
  const { vendor, accounts, search, older, first, buying, may } = useLoaderData<typeof loader>()
  const here = paths.accounts(vendor.slug)
  const page = (before: string | null) =>
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), ...(before ? { before } : {}) }).toString()}`
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vendor(vendor.slug), label: vendor.name }]}
        title={say('account.list.title', { vendor: vendor.name })}
        lede={say('account.list.lede')}
        end={
          <>
            <ButtonLink variant="quiet" to={paths.vendorHealth(vendor.slug)}>
              {say('health.title')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.imports(vendor.slug)}>
              {say('import.title')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.fields(vendor.slug)}>
              {say('field.list')}
            </ButtonLink>
            {buying.isOn ? (
              <ButtonLink to={paths.opportunities(vendor.slug)}>{say('buying.title')}</ButtonLink>
            ) : buying.may.turn ? (
              <ButtonLink variant="quiet" to={paths.buying(vendor.slug)}>
                {say('buying.switch')}
              </ButtonLink>
            ) : null}
            {may.keep ? <ButtonLink to={paths.newAccount(vendor.slug)}>{say('account.list.new')}</ButtonLink> : null}
          </>
        }
      />
      <Finder label={say('account.list.search')} find={say('account.list.find')} sought={search} />
      {accounts.length === 0 ? (
        search ? (
          <p className="soft">
            {say('account.list.notFound')} <Link to={here}>{say('account.list.all')}</Link>
          </p>
        ) : (
          <Empty title={say('account.list.none')}>{say('account.list.noneWhy')}</Empty>
        )
      ) : (
        <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('account.title')}>
          <table className="tbl tbl-stack">
            <thead>
              <tr>
                <th scope="col">{say('account.company')}</th>
                <th scope="col">{say('account.lastTouch')}</th>
                <th scope="col">{say('account.owner')}</th>
                <th scope="col">{say('account.segment')}</th>
                <th scope="col">{say('account.list.urgency')}</th>
                <th scope="col" className="r">
                  {say('account.list.people')}
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts.map((one) => (
                <tr key={one.id}>
                  <td>
                    <b>
                      <Link to={paths.accountPage(one.id)}>
                        <bdi>{one.name}</bdi>
                      </Link>
                    </b>{' '}
                    {one.suffix ? <span className="faint">{one.suffix}</span> : null}
                  </td>
                  <td className="nowrap" data-label={say('account.lastTouch')}>
                    <RelativeTime at={one.lastAt} />
                  </td>
                  <td data-label={say('account.owner')}>{one.owner}</td>
                  <td data-label={say('account.segment')}>
                    <bdi>{one.segment}</bdi>
                  </td>
                  <td data-label={say('account.list.urgency')}>{say(`account.urgency.${one.urgency}`)}</td>
                  <td className="r num" data-label={say('account.list.people')}>
                    {one.people}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager newer={first ? null : page(null)} older={older ? page(older) : null} />
    </Wrap>
  )
}
