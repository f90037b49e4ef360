import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { QueueScreen } from '~/app/components/moderation'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { communityQueue } from '~/server/moderation'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: say('ui.pageTitle', {
      title: data ? say('moderation.queue.of', { name: data.queue.community.name }) : say('moderation.queue.title'),
    }),
  },
]

export const loader = load(async ({ viewer, params, url }) => {
  const wanted = url.searchParams.get('item')
  const after = url.searchParams.get('after')
  return {
    queue: await communityQueue(viewer, params.slug, { item: wanted, after, appealsAfter: url.searchParams.get('appeals') }),
    wanted,
    after,
  }
})

export default function CommunityQueueScreen() {
  const { queue, wanted, after } = useLoaderData<typeof loader>()
  useLive([`queue:${queue.community.id}`])
  return (
    <QueueScreen
      title={say('moderation.queue.of', { name: queue.community.name })}
      queue={queue}
      wanted={wanted}
      after={after}
      aside={
        <p className="meta pb-3">
          <Link to={paths.checks(queue.community.slug)}>{say('checks.see')}</Link>
        </p>
      }
      at={(item) => paths.communityQueue(queue.community.slug, item)}
    />
  )
}
