import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { duplicatesOf } from '~/server/identity'
import { say } from '~/words'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('duplicates.title', { vendor: data.vendor.name }) : say('duplicates.short') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const after = url.searchParams.get('after')
  return { ...(await duplicatesOf(personOf(viewer), params.slug, { all: url.searchParams.has('all'), after })), first: after === null }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function DuplicatesScreen() {
  const { vendor, pairs, all, more, first } = useLoaderData<typeof loader>()
  const here = (asked: Record<string, string>) => {
    const query = new URLSearchParams({ ...(all ? { all: '1' } : {}), ...asked }).toString()
    return query ? `${paths.recordDuplicates(vendor.slug)}?${query}` : paths.recordDuplicates(vendor.slug)
  }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.contacts(vendor.slug), label: say('contact.title') }]}
        title={say('duplicates.title', { vendor: vendor.name })}
        lede={say('duplicates.lede')}
        end={<ButtonLink to={paths.recordMerges(vendor.slug)}>{say('merges.short')}</ButtonLink>}
      />
      {pairs.length === 0 ? (
        <Empty title={say('duplicates.none')}>{say('duplicates.noneWhy')}</Empty>
      ) : (
        <ul className="max-w-[56rem]">
          {pairs.map((pair) => (
            <PairLine key={pair.id} pair={pair} vendor={vendor} />
          ))}
        </ul>
      )}
      <Pager newer={first ? null : here({})} older={more ? here({ after: more }) : null} />
      {all ? null : (
        <p className="mt-6 soft">
          <Link to={`${paths.recordDuplicates(vendor.slug)}?all=1`}>{say('duplicates.less')}</Link>
        </p>
      )}
    </Wrap>
  )
}

function PairLine({ pair, vendor }: { pair: Page['pairs'][number]; vendor: Page['vendor'] }) {
  const side = ({ name, suffix, hint }: Page['pairs'][number]['a']) => (
    <span className="min-w-0">
      <b>
        <bdi className="wrap-anywhere">{name}</bdi>
      </b>{' '}
      {suffix ? <span className="faint">{suffix}</span> : null}
      <bdi className="meta block wrap-anywhere">{hint}</bdi>
    </span>
  )
  const alike = Object.entries(pair.reasons).filter(([, agrees]) => agrees > 0)
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-hairline py-4 first:border-0 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] md:items-center">
      {side(pair.a)}
      {side(pair.b)}
      <ButtonLink
        to={paths.duplicatePair(vendor.slug, pair.id)}
        aria-label={say('duplicates.lookAt', { one: pair.a.name, other: pair.b.name })}
      >
        {say('duplicates.look')}
      </ButtonLink>
      <p className="meta md:col-span-3">
        {say('duplicates.score', { percent: Math.round(pair.score * 100) })}{' '}
        {alike.map(([fact]) => say(`duplicates.alike.${fact as 'name'}`)).join(', ')}
      </p>
    </li>
  )
}
