import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, Finder, PageHead, Pager, RelativeTime, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactsOf } from '~/server/identity'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('contact.list.title', { vendor: data.vendor.name }) : say('contact.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const before = url.searchParams.get('before')
  return {
    ...(await contactsOf(personOf(viewer), params.slug, { search: url.searchParams.get('q') ?? '', before })),
    first: before === null,
  }
})

export default function ContactsScreen() {
  const { vendor, contacts, search, older, first, may } = useLoaderData<typeof loader>()
  const here = paths.contacts(vendor.slug)
  const page = (before: string | null) =>
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), ...(before ? { before } : {}) }).toString()}`
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vendor(vendor.slug), label: vendor.name }]}
        title={say('contact.list.title', { vendor: vendor.name })}
        lede={say('contact.list.lede')}
        end={
          <span className="btns">
            <ButtonLink to={paths.recordDuplicates(vendor.slug)}>{say('duplicates.short')}</ButtonLink>
            {may.keep ? <ButtonLink to={paths.newContact(vendor.slug)}>{say('contact.new')}</ButtonLink> : null}
          </span>
        }
      />
      <Finder label={say('contact.list.search')} find={say('account.list.find')} sought={search} />
      {contacts.length === 0 ? (
        search ? (
          <p className="soft">
            {say('contact.list.notFound')} <Link to={here}>{say('contact.list.all')}</Link>
          </p>
        ) : (
          <Empty title={say('contact.list.none')}>{say('contact.list.noneWhy')}</Empty>
        )
      ) : (
        <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('contact.title')}>
          <table className="tbl tbl-stack">
            <thead>
              <tr>
                <th scope="col">{say('contact.name')}</th>
                <th scope="col">{say('account.lastTouch')}</th>
                <th scope="col">{say('contact.email')}</th>
                <th scope="col">{say('account.city')}</th>
                <th scope="col">{say('contact.askBy')}</th>
              </tr>
            </thead>
            <tbody>
              {contacts.map((one) => (
                <tr key={one.id}>
                  <td>
                    <b>
                      <Link to={paths.contactPage(vendor.slug, one.id)}>
                        <bdi className="wrap-anywhere">{one.name}</bdi>
                      </Link>
                    </b>
                  </td>
                  <td className="nowrap" data-label={say('account.lastTouch')}>
                    <RelativeTime at={one.lastAt} />
                  </td>
                  <td className="wrap-anywhere" data-label={say('contact.email')}>
                    {one.email ? <bdi>{one.email}</bdi> : null}
                  </td>
                  <td data-label={say('account.city')}>{one.city ? <bdi>{one.city}</bdi> : null}</td>
                  <td data-label={say('contact.askBy')}>{one.askBy ? sayChosenDay(one.askBy) : null}</td>
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
