import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Comparison } from '~/app/components/vendors'
import { Banner, Button, ButtonLink, Empty, PageHead, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { verdictsCompared } from '~/server/recommendations'
import { directoryPage, MOST_COMPARED, vendorsCompared } from '~/server/vendors'
import { say } from '~/words'

const MOST_FOUND = 8

export const loader = load(async ({ viewer, url }) => {
  const search = url.searchParams.get('q') ?? ''
  const [{ vendors, leftOut }, found] = await Promise.all([
    vendorsCompared(viewer, url.searchParams.getAll('vendor')),
    search ? directoryPage({ search }) : { search, vendors: [] },
  ])
  const verdicts = await verdictsCompared(
    viewer,
    vendors.map(({ vendorId }) => vendorId),
  )
  return {
    leftOut,
    vendors: vendors.flatMap((vendor) => {
      const of = verdicts.get(vendor.vendorId)
      return of ? [{ ...vendor, verdicts: of }] : []
    }),
    full: vendors.length >= MOST_COMPARED,
    search: found.search,
    found: found.vendors
      .filter(({ slug }) => found.search !== '' && !vendors.some((vendor) => vendor.slug === slug))
      .slice(0, MOST_FOUND)
      .map(({ slug, name }) => ({ slug, name })),
  }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const compared = data?.vendors ?? []
  const title = compared.length > 1 ? say('compare.title.of', { names: compared.map(({ name }) => name).join(', ') }) : say('compare.title')
  return toBeFound({ matches, title, path: paths.compare(compared.map(({ slug }) => slug)) })
}

export default function CompareScreen() {
  const { vendors, leftOut, full } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('compare.title')}
        lede={say('compare.lede')}
        crumbs={[{ to: paths.vendors(), label: say('vendors.title') }]}
        end={<ButtonLink to={paths.vendors()}>{say('compare.all')}</ButtonLink>}
      />
      {leftOut > 0 ? (
        <Banner>
          <p>{say('compare.leftOut', { count: leftOut })}</p>
        </Banner>
      ) : null}
      {vendors.length === 0 ? (
        <Empty title={say('compare.none')}>{say('compare.none.why')}</Empty>
      ) : (
        <>
          {vendors.length === 1 ? <p className="soft mb-4">{say('compare.one')}</p> : null}
          <Comparison vendors={vendors} />
        </>
      )}
      {full ? <p className="meta mt-6">{say('compare.full')}</p> : <AddAnother />}
    </Wrap>
  )
}

function AddAnother() {
  const { vendors, search, found } = useLoaderData<typeof loader>()
  const slugs = vendors.map(({ slug }) => slug)
  return (
    <div className="mt-8 grid max-w-[28rem] gap-4">
      <Form method="get" action={paths.compare()} className="flex items-end gap-3" key={search}>
        {slugs.map((slug) => (
          <input type="hidden" name="vendor" value={slug} key={slug} />
        ))}
        <TextInput type="search" label={say('compare.add')} name="q" maxLength={80} defaultValue={search} className="grow" />
        <Button>{say('compare.find')}</Button>
      </Form>
      {search === '' ? null : found.length === 0 ? (
        <p className="soft">{say('compare.found.none')}</p>
      ) : (
        <ul className="grid gap-1" aria-label={say('compare.found')}>
          {found.map(({ slug, name }) => (
            <li key={slug}>
              <Link to={paths.compare([...slugs, slug])}>{say('compare.found.add', { name })}</Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
