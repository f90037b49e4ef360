import { useLoaderData } from '@remix-run/react'
import { GrantCard, ReadingsTable } from '~/app/components/vault'
import { Circle, CircleCheck, Clock, PageHead, Section, State, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { grantPage } from '~/server/vault'
import { say } from '~/words'

const SIGNS = {
  live: { kind: 'ok', icon: CircleCheck },
  later: { kind: 'wait', icon: Clock },
  ended: { kind: 'off', icon: Circle },
  revoked: { kind: 'off', icon: Circle },
} as const

export const meta = ({ data }: { data: { grant: { vendor: { name: string } } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('vault.grant.title', { vendor: data.grant.vendor.name }) : say('vault.title') }) },
]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  return { ...(await grantPage(me, params.grantId ?? '')), personId: me.personId }
})

export default function GrantScreen() {
  const { grant, readings, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.vault(), label: say('vault.title') }]} title={say('vault.grant.title', { vendor: grant.vendor.name })}>
        <p className="mt-2">
          <State {...SIGNS[grant.state]}>{say(`vault.grant.state.${grant.state}`)}</State>
        </p>
      </PageHead>
      <div className="max-w-[44rem]">
        <GrantCard grant={grant} headed={false} details={false} />
      </div>
      <Section title={say('vault.grant.readings')} id="readings" className="mt-10">
        {readings.length > 0 ? <ReadingsTable readings={readings} underGrant={false} /> : <p className="meta">{say('vault.noReads')}</p>}
      </Section>
    </Wrap>
  )
}
