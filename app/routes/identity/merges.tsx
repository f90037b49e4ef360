import { Link, useLoaderData } from '@remix-run/react'
import { Button, Empty, PageHead, Pager, PostForm, RelativeTime, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { mergesOf } from '~/server/identity'
import { say } from '~/words'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('merges.title', { vendor: data.vendor.name }) : say('merges.short') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const before = url.searchParams.get('before')
  return { ...(await mergesOf(personOf(viewer), params.slug, before)), first: before === null }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function MergesScreen() {
  const { vendor, merges, older, first, may } = useLoaderData<typeof loader>()
  const here = paths.recordMerges(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.recordDuplicates(vendor.slug), label: say('duplicates.short') }]}
        title={say('merges.title', { vendor: vendor.name })}
        lede={say('merges.lede')}
      />
      {merges.length === 0 ? (
        <Empty title={say('merges.none')}>{say('merges.noneWhy')}</Empty>
      ) : (
        <ul className="max-w-[56rem]">
          {merges.map((merge) => (
            <MergeLine key={merge.id} merge={merge} vendor={vendor} may={may} />
          ))}
        </ul>
      )}
      <Pager newer={first ? null : here} older={older ? `${here}?before=${older}` : null} />
    </Wrap>
  )
}

function MergeLine({ merge, vendor, may }: { merge: Page['merges'][number] } & Pick<Page, 'vendor' | 'may'>) {
  const { survivor, loser, why, by, at, undoneAt, later, pair } = merge
  return (
    <li className="border-t border-hairline py-4 first:border-0">
      <b>
        <bdi className="wrap-anywhere">
          {merge.kind === 'contact' ? <Link to={paths.contactPage(vendor.slug, survivor.id)}>{survivor.name}</Link> : survivor.name}
        </bdi>
      </b>{' '}
      {say(undoneAt ? 'merges.was' : 'merges.is')}{' '}
      <bdi className="wrap-anywhere">{[loser.name, loser.suffix].filter(Boolean).join(' ')}</bdi>
      {loser.hint ? <bdi className="faint wrap-anywhere"> {loser.hint}</bdi> : null}
      <span className="meta block">
        <RelativeTime at={at} /> {by ? <bdi>{by}</bdi> : null} {why ? <bdi className="wrap-anywhere">“{why}”</bdi> : null}
      </span>
      {undoneAt ? (
        <p className="meta">
          {say('merges.undone')} <RelativeTime at={undoneAt} />{' '}
          {pair && may.merge ? <Link to={paths.duplicatePair(vendor.slug, pair)}>{say('merges.again')}</Link> : null}
        </p>
      ) : later ? (
        <p className="meta">{say('merges.later')}</p>
      ) : may.merge ? (
        <PostForm action={paths.unmerge(vendor.slug, merge.id)} className="mt-2">
          <Button size="sm" aria-label={`${say('merges.undo')}: ${survivor.name}, ${loser.name}`}>
            {say('merges.undo')}
          </Button>
        </PostForm>
      ) : null}
    </li>
  )
}
