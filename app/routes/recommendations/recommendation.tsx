import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RecommendationCard } from '~/app/components/recommendations'
import { Confirm, Crumbs } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { recommendationPage } from '~/server/recommendations'
import { say } from '~/words'
import { toBeFound } from '~/app/meta'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, type: 'article', description: data.whatIsGood, path: paths.recommendation(data.id) },
        title: say('recommendation.page.title', { product: data.product.name, headline: data.headline }),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export const loader = load(({ viewer, params }) => recommendationPage(viewer, params.id))

export default function RecommendationScreen() {
  const it = useLoaderData<typeof loader>()
  useLive([`vendor:${it.vendorId}`])
  return (
    <div className="page-vendor">
      <div className="wrap">
        <Crumbs
          items={[
            { to: paths.vendors(), label: say('ui.nav.vendors') },
            { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
          ]}
        />
        <h1 className="text-ui mt-4 mb-3 font-sans font-medium text-ink-soft">
          {say('recommendation.page.heading', { product: it.product.name, name: it.by.displayName })}
        </h1>
        <RecommendationCard recommendation={it} level={2} linked={false} />
        {it.may.withdraw ? (
          <Confirm
            label={say('recommendation.withdraw')}
            size="sm"
            title={say('recommendation.withdraw.title')}
            action={paths.withdrawRecommendation(it.id)}
            confirmLabel={say('recommendation.withdraw')}
          >
            {say('recommendation.withdraw.why')}
          </Confirm>
        ) : null}
      </div>
    </div>
  )
}
