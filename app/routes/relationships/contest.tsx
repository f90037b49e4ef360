import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContestForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contestRecord, ownRecordHead } from '~/server/relationships'
import { ContestInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.mine.contest') }) }]

export const loader = load(({ viewer, params }) => ownRecordHead(personOf(viewer), params.vendor ?? ''))

export const action = act(ContestInput, async ({ viewer, params, input }) => {
  await contestRecord(personOf(viewer), params.vendor ?? '', input)
  return redirect(`${paths.myRelationship(params.vendor ?? '')}#contested`)
})

export default function ContestScreen() {
  const { vendor } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationship(vendor.slug), label: say('relationships.mine.recordTitle', { vendor: vendor.name }) }]}
        title={say('relationships.mine.contest')}
      />
      <div className="max-w-[36rem]">
        <ContestForm vendorSlug={vendor.slug} ownPage />
      </div>
    </Wrap>
  )
}
