import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { NegotiationState, PreferenceForm, StandingLine, StandingObjection } from '~/app/components/agreements'
import { Empty, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { myObjection, myTerms, preferTerms, sendsGlobalPrivacyControl } from '~/server/agreements'
import { PreferenceInput } from '~/server/agreements/input'
import { say, sayList } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('agreement.title') }) }]

export const loader = load(async ({ viewer, request }) => {
  const me = personOf(viewer)
  const [terms, objection] = await Promise.all([myTerms(me), myObjection(me)])
  return { ...terms, objection, sent: sendsGlobalPrivacyControl(request), personId: me.personId }
})

export const action = act(PreferenceInput, async ({ viewer, input }) => {
  await preferTerms(personOf(viewer), input)
  return redirect(paths.terms())
})

export default function MyTermsScreen() {
  const { preference, standings, apart, objection, sent, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.vault(), label: say('vault.title') }]} title={say('agreement.title')} lede={say('agreement.lede')} />
      <div className="cols gap-x-18 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <Section side="member" title={say('agreement.mine')} id="mine">
          <PreferenceForm preference={preference} action={paths.terms()} />
          {preference.objecting ? <p className="meta mt-4">{say('agreement.gpc.capped')}</p> : null}
          {apart.length > 0 ? (
            <p className="meta mt-4">{say('agreement.apart.list', { vendors: sayList(apart.map(({ name }) => name)) })}</p>
          ) : null}
          <StandingObjection objection={objection} sent={sent} />
        </Section>
        <Section side="vendor" title={say('agreement.standings')} id="standings">
          {standings.length === 0 ? (
            <Empty level={3} title={say('agreement.standings.none')}>
              {say('agreement.standings.noneWhy')}
            </Empty>
          ) : null}
          <Rows label={say('agreement.standings')}>
            {standings.map((standing) => (
              <li key={standing.id} className="grid gap-1.5 py-4">
                <div className="flex flex-wrap items-baseline justify-between gap-3">
                  <h3 className="text-ui font-semibold">
                    <Link to={paths.termsWith(standing.vendor.slug)}>
                      <bdi>{standing.vendor.name}</bdi>
                    </Link>
                  </h3>
                  <NegotiationState status={standing.status} />
                </div>
                <StandingLine standing={standing} />
              </li>
            ))}
          </Rows>
        </Section>
      </div>
    </Wrap>
  )
}
