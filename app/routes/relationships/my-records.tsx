import { Link, useLoaderData } from '@remix-run/react'
import { Portrait } from '~/app/components/people'
import { ButtonLink, Empty, Eye, Icon, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myPlans } from '~/server/buying'
import { myRecords } from '~/server/relationships'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.mine.title') }) }]

export const loader = load(async ({ viewer }) => {
  const me = personOf(viewer)
  const [records, { plans }] = await Promise.all([myRecords(me), myPlans(me)])
  return { ...records, hasPlans: plans.length > 0 }
})

export default function MyRecordsScreen() {
  const { records, hasPlans } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('relationships.mine.title')}
        lede={say('relationships.mine.lede')}
        end={
          <span className="btns">
            {hasPlans ? <ButtonLink to={paths.myPlans()}>{say('plan.mine.title')}</ButtonLink> : null}
            <ButtonLink to={paths.howOften()}>{say('reach.short')}</ButtonLink>
            <ButtonLink to={paths.myKept()}>{say('kept.short')}</ButtonLink>
          </span>
        }
      />
      {records.length === 0 ? (
        <Empty
          title={say('relationships.mine.none')}
          action={<ButtonLink to={paths.communities()}>{say('ui.nav.communities')}</ButtonLink>}
        >
          {say('relationships.mine.noneWhy')}
        </Empty>
      ) : (
        <div className="max-w-[44rem]">
          <Rows>
            {records.map((record) => (
              <li key={record.id} className="byline py-3">
                <Portrait name={record.name} side="vendor" />
                <div className="grow">
                  <h2 className="text-prose">
                    <Link className="no-underline hover:underline" to={paths.myRelationship(record.slug)}>
                      {record.name}
                    </Link>
                  </h2>
                  <p className="meta">
                    {say('relationships.mine.since', { date: sayDay(record.since) })},{' '}
                    {say('relationships.mine.last', { date: sayDay(record.lastAt) })}
                  </p>
                </div>
                <ButtonLink variant="quiet" size="sm" className="wide-only" to={paths.seenBy(record.slug)}>
                  <Icon of={Eye} size="sm" />
                  {say('relationships.mine.seeAs', { vendor: record.name })}
                </ButtonLink>
              </li>
            ))}
          </Rows>
        </div>
      )}
    </Wrap>
  )
}
