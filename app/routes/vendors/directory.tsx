import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { RequestRows } from '~/app/components/peers'
import { VendorList } from '~/app/components/vendors'
import { Button, ButtonLink, Empty, PageHead, Pager, Section, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { requestList } from '~/server/peers'
import { can } from '~/server/policy'
import { directoryPage } from '~/server/vendors'
import { say } from '~/words'

const REQUESTS_SHOWN = 3

export const loader = load(async ({ viewer, url }) => {
  const after = url.searchParams.get('after')
  const [page, { requests }] = await Promise.all([
    directoryPage({ search: url.searchParams.get('q') ?? '', after }),
    requestList(viewer, { limit: REQUESTS_SHOWN }),
  ])
  return { ...page, requests, first: after === null, mayAdd: can(viewer, 'vendor.create', null) }
})

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('vendors.title'), path: paths.vendors() })

export default function VendorDirectoryScreen() {
  const { vendors, search, next, first, mayAdd, requests } = useLoaderData<typeof loader>()
  const empty = vendors.length === 0 && !search && first
  return (
    <Wrap>
      <PageHead
        title={say('vendors.title')}
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
          <Form method="get" action={paths.vendors()} className="mb-6 flex max-w-[28rem] items-end gap-3" key={search}>
            <TextInput type="search" label={say('vendors.search')} name="q" maxLength={80} defaultValue={search} className="grow" />
            <Button>{say('vendors.search.find')}</Button>
          </Form>
          {vendors.length === 0 ? (
            <p className="soft">
              {say('vendors.search.none')} <Link to={paths.vendors()}>{say('vendors.search.all')}</Link>
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
            newer={first ? null : paths.vendors({ search })}
            newerLabel={say('vendors.first')}
            older={next ? paths.vendors({ search, after: next }) : null}
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
