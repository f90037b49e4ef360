import { Link, useLoaderData } from '@remix-run/react'
import { Empty, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myPlans } from '~/server/buying'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('plan.mine.title') }) }]

export const loader = load(({ viewer }) => myPlans(personOf(viewer)))

export default function MyPlansScreen() {
  const { plans } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationships(), label: say('relationships.mine.title') }]}
        title={say('plan.mine.title')}
        lede={say('plan.mine.lede')}
      />
      {plans.length === 0 ? (
        <Empty title={say('plan.mine.none')}>{say('plan.mine.noneWhy')}</Empty>
      ) : (
        <div className="max-w-[44rem]">
          <Rows>
            {plans.map((plan) => (
              <li key={plan.id} className="py-3">
                <h2 className="text-prose">
                  <Link className="no-underline hover:underline" to={paths.myPlan(plan.id)}>
                    <bdi className="wrap-anywhere">{plan.name}</bdi>
                  </Link>
                </h2>
                <p className="meta wrap-anywhere">{say('plan.mine.of', { vendor: plan.vendor, company: plan.company })}</p>
                <p className="m-0">
                  {plan.accepted ? say('plan.mine.open', { count: plan.open }) : say('plan.mine.asked', { company: plan.company })}
                </p>
              </li>
            ))}
          </Rows>
        </div>
      )}
    </Wrap>
  )
}
