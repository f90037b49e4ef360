import { useLoaderData } from '@remix-run/react'
import { QueueScreen } from '~/app/components/moderation'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { recommendationQueue } from '~/server/moderation'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('moderation.queue.recommendations') }) }]

export const loader = load(async ({ viewer, url }) => {
  const wanted = url.searchParams.get('item')
  const after = url.searchParams.get('after')
  return { queue: await recommendationQueue(viewer, { item: wanted, after, appealsAfter: url.searchParams.get('appeals') }), wanted, after }
})

export default function RecommendationQueueScreen() {
  const { queue, wanted, after } = useLoaderData<typeof loader>()
  useLive(['recommendation-queue:all'])
  return (
    <QueueScreen
      title={say('moderation.queue.recommendations')}
      queue={queue}
      wanted={wanted}
      after={after}
      at={(item) => paths.recommendationQueue(item)}
    />
  )
}
