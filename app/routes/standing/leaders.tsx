import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { ActionButton, Empty, PageHead, Section, Tabs, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { leadersPage } from '~/server/standing'
import { say } from '~/words'

export const loader = load(({ viewer, params, url }) => leadersPage(viewer, params.slug, url.searchParams.get('period')))

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: say('standing.leaders.title', { room: data.name }), description: say('standing.leaders.lede') },
        path: paths.leaders(data.slug, data.allTime ? 'all' : undefined),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function LeadersScreen() {
  const { slug, name, allTime, members, staff, ranked } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('standing.leaders.title', { room: name })}
        lede={say('standing.leaders.lede')}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <Tabs
        label={say('standing.leaders.views')}
        items={[
          { to: paths.leaders(slug), label: say('standing.leaders.month'), current: !allTime },
          { to: paths.leaders(slug, 'all'), label: say('standing.leaders.all'), current: allTime },
        ]}
      />
      <div className="mt-6 grid max-w-[46rem] gap-10">
        {members.length + staff.length === 0 ? (
          <Empty title={say('standing.leaders.empty')}>{say('standing.leaders.empty.body')}</Empty>
        ) : null}
        {members.length > 0 ? (
          <Section id="members" title={say('standing.leaders.members')} side="member">
            <Leaders leaders={members} />
          </Section>
        ) : null}
        {staff.length > 0 ? (
          <Section id="staff" title={say('standing.leaders.staff')} side="vendor">
            <p className="meta mb-2">{say('standing.leaders.staff.why')}</p>
            <Leaders leaders={staff} />
          </Section>
        ) : null}
        {ranked === null ? null : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="meta">{say(ranked ? 'standing.ranked' : 'standing.unranked')}</p>
            <ActionButton
              action={paths.ranking()}
              fields={{ ranked: ranked ? 'no' : 'yes', next: paths.leaders(slug, allTime ? 'all' : undefined) }}
              label={say(ranked ? 'standing.unrank' : 'standing.rank')}
              size="sm"
            />
          </div>
        )}
      </div>
    </Wrap>
  )
}

type Leader = ReturnType<typeof useLoaderData<typeof loader>>['members'][number]

function Leaders({ leaders }: { leaders: Leader[] }) {
  return (
    <ol className="grid">
      {leaders.map(({ rank, who, points, you }) => (
        <li key={who.handle} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-hairline py-3">
          <span className="num soft w-6 text-end">{rank}</span>
          <span className="min-w-0 flex-1">
            <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
            {you ? <span className="meta ms-2">{say('standing.leaders.you')}</span> : null}
          </span>
          <span className="num">{say('standing.leaders.points', { points })}</span>
        </li>
      ))}
    </ol>
  )
}
