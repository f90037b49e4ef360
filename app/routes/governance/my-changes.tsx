import { useLoaderData } from '@remix-run/react'
import { Changes } from '~/app/components/governance'
import { PageHead, Pager, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changesAboutMe } from '~/server/governance'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('audit.mine') }) }]

export const loader = load(async ({ viewer, params, url }) => {
  const before = url.searchParams.get('before')
  return { ...(await changesAboutMe(personOf(viewer), params.vendor, before)), first: before === null }
})

export default function MyChangesScreen() {
  const { vendor, changes, older, first } = useLoaderData<typeof loader>()
  const here = paths.myChanges(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationship(vendor.slug), label: vendor.name }]}
        title={say('audit.mine')}
        lede={say('audit.mine.lede', { vendor: vendor.name })}
      />
      {changes.length === 0 ? <p className="soft">{say('audit.mine.none')}</p> : null}
      <div className="max-w-[46rem]">
        <Changes changes={changes} />
      </div>
      <Pager newer={first ? null : here} older={older ? `${here}?before=${older}` : null} />
    </Wrap>
  )
}
