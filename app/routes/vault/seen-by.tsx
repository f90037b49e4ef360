import { useLoaderData } from '@remix-run/react'
import { SeenPage } from '~/app/components/vault'
import { load, personOf } from '~/app/http.server'
import { seenAs } from '~/server/seen'
import { say } from '~/words'

export const meta = ({ data }: { data: { eyes: 'moderator' | 'advisor'; vendor: { name: string } | null } | undefined }) => [
  {
    title: say('ui.pageTitle', {
      title: data?.vendor ? say(`vault.seen.title.${data.eyes}`, { vendor: data.vendor.name }) : say('vault.title'),
    }),
  },
]

export const loader = load(({ viewer, params, url }) =>
  seenAs(personOf(viewer), url.searchParams.get('as') === 'moderator' ? 'moderator' : 'advisor', params.vendor),
)

export default function SeenByScreen() {
  return <SeenPage {...useLoaderData<typeof loader>()} />
}
