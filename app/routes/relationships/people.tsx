import { Link, useLoaderData } from '@remix-run/react'
import { Seat } from '~/app/components/people'
import { AccountsInNeed, WhoNeeds } from '~/app/components/relationships'
import { ButtonLink, Empty, Finder, PageHead, Pager, RelativeTime, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { casesToServe } from '~/server/cases'
import { accountsInNeed } from '~/server/identity'
import { peopleOf, whoNeeds } from '~/server/relationships'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  {
    title: say('ui.pageTitle', {
      title: data ? say('relationships.people.title', { vendor: data.vendor.name }) : say('relationships.people'),
    }),
  },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const before = url.searchParams.get('before')
  const page = await peopleOf(personOf(viewer), params.vendor ?? '', { search: url.searchParams.get('q') ?? '', before })
  const home = before === null && page.search === ''
  const [cases, needs, companies] = await Promise.all([
    casesToServe(viewer, page.vendor.id),
    home ? whoNeeds(personOf(viewer), { vendorId: page.vendor.id }) : null,
    home ? accountsInNeed(personOf(viewer), { vendorId: page.vendor.id }) : [],
  ])
  return { ...page, cases, needs, companies, first: before === null }
})

export default function PeopleScreen() {
  const { vendor, people, search, older, first, cases, needs, companies } = useLoaderData<typeof loader>()
  const here = paths.relationships(vendor.slug)
  const page = (before: string | null) =>
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), ...(before ? { before } : {}) }).toString()}`
  return (
    <Wrap>
      <PageHead
        title={say('relationships.people.title', { vendor: vendor.name })}
        lede={say('relationships.people.lede')}
        end={
          <>
            <ButtonLink variant="quiet" to={paths.accounts(vendor.slug)}>
              {say('account.title')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.handOffs(vendor.slug)}>
              {say('handOff.title')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.owed(vendor.slug)}>
              {say('revocation.owed.link')}
            </ButtonLink>
            {cases ? <ButtonLink to={paths.casesOf(cases.slug)}>{say('case.list.toServe', { count: cases.count })}</ButtonLink> : null}
          </>
        }
      />
      {needs ? (
        <Section title={say('relationships.needs')} id="needs" side="vendor" className="mb-12">
          <WhoNeeds people={needs} />
        </Section>
      ) : null}
      {companies.length > 0 ? (
        <Section title={say('account.needs')} id="accounts" side="vendor" className="mb-12">
          <AccountsInNeed accounts={companies} />
        </Section>
      ) : null}
      {needs ? <h2 className="mb-4 text-heading">{say('relationships.everybody')}</h2> : null}
      <Finder label={say('relationships.people.search')} find={say('relationships.people.find')} sought={search} />
      {people.length === 0 ? (
        search ? (
          <p className="soft">
            {say('relationships.people.notFound')} <Link to={here}>{say('relationships.people.all')}</Link>
          </p>
        ) : (
          <Empty title={say('relationships.people.none')}>{say('relationships.people.noneWhy')}</Empty>
        )
      ) : (
        <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('relationships.people')}>
          <table className="tbl tbl-stack">
            <thead>
              <tr>
                <th scope="col">{say('relationships.people.who')}</th>
                <th scope="col">{say('relationships.people.touch')}</th>
                <th scope="col">{say('relationships.people.owner')}</th>
                <th scope="col">{say('relationships.people.since')}</th>
                <th scope="col" className="r">
                  {say('relationships.people.tasks')}
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.id}>
                  <td>
                    <span className="who">
                      <b>
                        <Link to={paths.relationship(one.id)}>
                          <bdi>{one.member?.displayName}</bdi>
                        </Link>
                      </b>
                      {one.member ? <Seat seat={one.member.seat} short /> : null}
                    </span>
                  </td>
                  <td className="nowrap" data-label={say('relationships.people.touch')}>
                    <RelativeTime at={one.lastAt} />
                  </td>
                  <td data-label={say('relationships.people.owner')}>
                    {one.owner?.displayName ?? <span className="faint">{say('relationships.nobody')}</span>}
                  </td>
                  <td className="num nowrap" data-label={say('relationships.people.since')}>
                    {sayDay(one.since)}
                  </td>
                  <td className="r num" data-label={say('relationships.people.tasks')}>
                    <span>
                      {one.openTasks} {one.late ? <span className="text-caution">{say('relationships.late')}</span> : null}
                    </span>
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
