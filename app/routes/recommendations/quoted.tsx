import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { QuotedCard } from '~/app/components/recommendations'
import { ButtonLink, Empty, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { quotedOf } from '~/server/recommendations'
import { vendorBySlug } from '~/server/vendors'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const { vendorId, slug, name } = await vendorBySlug(viewer, params.slug ?? '')
  const cursor = url.searchParams.get('cursor')
  return { slug, name, cursor, ...(await quotedOf(vendorId, cursor)) }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({ matches, title: say('quoted.title', { name: data.name }), path: paths.quoted(data.slug) })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function QuotedScreen() {
  const { slug, name, cursor, quoted, older } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('quoted.title', { name })}
        lede={say('quoted.lede', { name })}
        crumbs={[{ to: paths.vendor(slug), label: name }]}
      />
      {quoted.length === 0 ? (
        <Empty
          title={say('quoted.none', { name })}
          action={<ButtonLink to={paths.vendor(slug)}>{say('quoted.none.back', { name })}</ButtonLink>}
        >
          {say('quoted.none.why')}
        </Empty>
      ) : (
        quoted.map((quote) => <QuotedCard key={quote.id} quote={quote} />)
      )}
      <Pager
        newer={cursor ? paths.quoted(slug) : null}
        newerLabel={say('quoted.newest')}
        older={older ? `${paths.quoted(slug)}?cursor=${encodeURIComponent(older)}` : null}
      />
    </Wrap>
  )
}
