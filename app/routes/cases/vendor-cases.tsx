import { useLoaderData } from '@remix-run/react'
import { CaseRows } from '~/app/components/cases'
import { Empty, PageHead, Pager, Tabs, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { casesOfVendor } from '~/server/cases'
import { CASE_VIEWS, MOST_COUNTED } from '~/server/cases/types'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const view = CASE_VIEWS.find((known) => known === url.searchParams.get('view')) ?? 'us'
  const cursor = url.searchParams.get('cursor')
  return { ...(await casesOfVendor(personOf(viewer), params.vendor, view, cursor)), cursor }
})

export const meta = ({ data }: { data: { name: string } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('case.list.staff', { vendor: data.name }) : say('case.one') }) },
  { name: 'robots', content: 'noindex' },
]

export default function VendorCasesScreen() {
  const { vendorId, slug, name, view, counts, cases, next, cursor } = useLoaderData<typeof loader>()
  useLive([`cases:${vendorId}`])
  const here = paths.casesOf(slug, view)
  const many = (count: number) => (count > MOST_COUNTED ? `${MOST_COUNTED}+` : count)
  const tabs = { us: many(counts.us), them: many(counts.them), closed: null }
  return (
    <Wrap>
      <PageHead title={say('case.list.staff', { vendor: name })} lede={say('case.list.staff.lede')} />
      <Tabs
        label={say('case.list.views')}
        items={CASE_VIEWS.map((one) => ({
          to: paths.casesOf(slug, one),
          label: say(`case.list.${one}`),
          count: tabs[one],
          current: one === view,
        }))}
      />
      <div className="mt-4">
        {cases.length > 0 ? (
          <CaseRows cases={cases} label={say(`case.list.${view}`)} mine={false} />
        ) : (
          <Empty title={say(`case.list.${view}.none`)}>{say(`case.list.${view}.none.body`)}</Empty>
        )}
      </div>
      <Pager newer={cursor ? here : null} newerLabel={say('case.list.first')} older={next ? `${here}&cursor=${next}` : null} />
    </Wrap>
  )
}
