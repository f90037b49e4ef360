import { Link, useLoaderData } from '@remix-run/react'
import { Uses } from '~/app/components/delegates'
import { ReadingsTable } from '~/app/components/vault'
import { Bell, ButtonLink, Download, Empty, Icon, PageHead, Pager, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { lastUses } from '~/server/delegates'
import { myReadings, ownNames } from '~/server/vault'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.readings.title') }) }]

export const loader = load(async ({ viewer, url }) => {
  const me = personOf(viewer)
  const before = url.searchParams.get('before')
  const first = before === null
  const [readings, uses, names] = await Promise.all([myReadings(me, before), first ? lastUses(me, 10) : [], ownNames(me)])
  return { ...readings, names, uses, first, personId: me.personId }
})

export default function ReadingsScreen() {
  const { readings, names, uses, older, first, personId } = useLoaderData<typeof loader>()
  useLive(first ? [`person:${personId}`] : [])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('vault.readings.title')}
        lede={say('vault.readsHow')}
        end={
          <>
            <ButtonLink to={paths.exportAll()} variant="quiet">
              <Icon of={Download} />
              {say('vault.export')}
            </ButtonLink>
            <ButtonLink to={paths.alerts()}>
              <Icon of={Bell} />
              {say('alerts.link')}
            </ButtonLink>
          </>
        }
      />
      {readings.length > 0 ? (
        <ReadingsTable readings={readings} />
      ) : (
        <Empty title={say('vault.noReads.title')}>{say('vault.noReads.why')}</Empty>
      )}
      {uses.length > 0 ? (
        <Section
          title={say('delegates.uses')}
          id="uses"
          className="mt-12"
          end={
            <Link className="meta" to={paths.delegates()}>
              {say('delegates.title')}
            </Link>
          }
        >
          <Uses names={names} uses={uses} />
        </Section>
      ) : null}
      <Pager newer={first ? null : paths.readings()} older={older ? `${paths.readings()}?before=${encodeURIComponent(older)}` : null} />
    </Wrap>
  )
}
