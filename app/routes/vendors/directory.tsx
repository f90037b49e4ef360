import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { RequestRows } from '~/app/components/peers'
import { CategoryNav, VendorList } from '~/app/components/vendors'
import { Button, ButtonLink, Empty, PageHead, Pager, Section, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { requestList } from '~/server/peers'
import { can } from '~/server/policy'
import { categoryList, directoryPage } from '~/server/vendors'
import { say } from '~/words'

const REQUESTS_SHOWN = 3

export const loader = load(async ({ viewer, url }) => {
  const after = url.searchParams.get('after')
  const within = url.searchParams.get('category') ?? ''
  const [page, categories, { requests }] = await Promise.all([
    directoryPage({ search: url.searchParams.get('q') ?? '', after, category: within }),
    categoryList(),
    requestList(viewer, { limit: REQUESTS_SHOWN }),
  ])
  return { ...page, within, categories, requests, first: after === null, mayAdd: can(viewer, 'vendor.create', null) }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  toBeFound({
    matches,
    title: data?.category ? say('category.of', { name: data.category.name }) : say('vendors.title'),
    path: paths.vendors({ category: data?.category?.slug }),
  })

export default function VendorDirectoryScreen() {
  const { vendors, search, next, first, mayAdd, requests, category, within, categories } = useLoaderData<typeof loader>()
  const empty = vendors.length === 0 && !search && !within && first
  return (
    <Wrap>
      <PageHead
        title={category ? say('category.of', { name: category.name }) : say('vendors.title')}
        lede={say('vendors.lede')}
        end={mayAdd && !empty ? <ButtonLink to={paths.newVendor()}>{say('operate.newVendor')}</ButtonLink> : null}
      />
      {empty ? (
        <Empty
          title={say('vendors.none')}
          action={
            mayAdd ? (
              <ButtonLink variant="primary" to={paths.newVendor()}>
                {say('vendors.none.operator')}
              </ButtonLink>
            ) : null
          }
        >
          {say('vendors.none.why')}
        </Empty>
      ) : (
        <>
          <CategoryNav categories={categories} present={category?.slug ?? null} />
          <Form method="get" action={paths.vendors()} className="mb-6 flex max-w-[28rem] items-end gap-3" key={search}>
            {category ? <input type="hidden" name="category" value={category.slug} /> : null}
            <TextInput type="search" label={say('vendors.search')} name="q" maxLength={80} defaultValue={search} className="grow" />
            <Button>{say('vendors.search.find')}</Button>
          </Form>
          {vendors.length === 0 ? (
            <p className="soft">
              {say(search ? 'vendors.search.none' : 'category.nobody')} <Link to={paths.vendors()}>{say('vendors.search.all')}</Link>
            </p>
          ) : (
            <Form method="get" action={paths.compare()}>
              <VendorList vendors={vendors} ticks />
              <div className="btns mt-6">
                <Button>{say('compare.submit')}</Button>
                <span className="meta">{say('compare.submit.help')}</span>
              </div>
            </Form>
          )}
          <Pager
            newer={first ? null : paths.vendors({ search, category: category?.slug })}
            newerLabel={say('vendors.first')}
            older={next ? paths.vendors({ search, category: category?.slug, after: next }) : null}
            olderLabel={say('vendors.further')}
          />
        </>
      )}
      {empty ? null : (
        <Section
          title={say('request.list.title')}
          id="asked"
          side="member"
          className="mt-12"
          end={
            <Link className="meta" to={paths.asked()}>
              {say('request.list.all')}
            </Link>
          }
        >
          {requests.length === 0 ? <p className="meta">{say('request.list.none.why')}</p> : <RequestRows requests={requests} level={3} />}
        </Section>
      )}
    </Wrap>
  )
}
