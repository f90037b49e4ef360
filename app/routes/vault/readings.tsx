import { useLoaderData } from '@remix-run/react'
import { ReadingsTable } from '~/app/components/vault'
import { ButtonLink, Download, Empty, Icon, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { myReadings } from '~/server/vault'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.readings.title') }) }]

export const loader = load(async ({ viewer, url }) => {
  const me = personOf(viewer)
  const before = url.searchParams.get('before')
  return { ...(await myReadings(me, before)), first: before === null, personId: me.personId }
})

export default function ReadingsScreen() {
  const { readings, older, first, personId } = useLoaderData<typeof loader>()
  useLive(first ? [`person:${personId}`] : [])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('vault.readings.title')}
        lede={say('vault.readsHow')}
        end={
          <ButtonLink to={paths.exportAll()} variant="quiet">
            <Icon of={Download} />
            {say('vault.export')}
          </ButtonLink>
        }
      />
      {readings.length > 0 ? (
        <ReadingsTable readings={readings} />
      ) : (
        <Empty title={say('vault.noReads.title')}>{say('vault.noReads.why')}</Empty>
      )}
      <Pager newer={first ? null : paths.readings()} older={older ? `${paths.readings()}?before=${encodeURIComponent(older)}` : null} />
    </Wrap>
  )
}
