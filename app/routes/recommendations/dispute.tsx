import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DisputeForm, DisputeState, RecommendationCard, withoutActs } from '~/app/components/recommendations'
import { PageHead } from '~/app/components/ui'
import { act, load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { dispute, disputePage } from '~/server/moderation'
import { DisputeInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('dispute.title') }) }]

export const loader = load(({ viewer, params }) => disputePage(viewer, params.id))

export const action = act(DisputeInput, async ({ viewer, params, input }) => {
  await dispute(viewer, params.id, input)
  return redirect(paths.dispute(params.id))
})

export default function DisputeScreen() {
  const { recommendation: it, open, ended, rules, wouldBeDue, may } = useLoaderData<typeof loader>()
  useLive([`vendor:${it.vendorId}`])
  return (
    <div className="page-vendor">
      <div className="wrap">
        <PageHead
          title={say('dispute.title')}
          lede={say(may.dispute ? 'dispute.lede' : 'dispute.lede.read', { vendor: it.vendor.name })}
          crumbs={[
            { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
            { to: paths.recommendation(it.id), label: it.product.name },
          ]}
        />
        <RecommendationCard recommendation={withoutActs(it)} level={2} />
        {open ? <DisputeState dispute={open} recommendation={it} may={may} /> : null}
        {may.dispute ? <DisputeForm rules={rules} due={wouldBeDue} vendor={it.vendor.name} /> : null}
        {ended.map((dispute) => (
          <DisputeState key={dispute.id} dispute={dispute} recommendation={it} may={{ drop: false, prove: false }} />
        ))}
        {!open && ended.length === 0 && !may.dispute ? <p className="soft sect sect-v">{say('dispute.none')}</p> : null}
      </div>
    </div>
  )
}
