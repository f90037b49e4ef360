import { useLoaderData } from '@remix-run/react'
import { SeenPage } from '~/app/components/vault'
import { load, personOf } from '~/app/http.server'
import { NotFound } from '~/server/errors'
import { seenAs } from '~/server/seen'
import { say } from '~/words'

export const meta = ({ data }: { data: { eyes: 'public' | 'member' } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say(`vault.seen.title.${data.eyes}`, { vendor: '' }) : say('vault.title') }) },
]

export const loader = load(({ viewer, params: { name } }) => {
  if (name !== 'public' && name !== 'member') throw new NotFound()
  return seenAs(personOf(viewer), name, null)
})

export default function SeenAsScreen() {
  return <SeenPage {...useLoaderData<typeof loader>()} />
}
