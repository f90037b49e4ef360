import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { InvitationLetter } from '~/app/components/recommendations'
import { ButtonLink, Empty, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myInvitations } from '~/server/recommendations'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('draw.mine.title') }) }]

export const loader = load(({ viewer }) => myInvitations(personOf(viewer)))

export default function MyInvitationsScreen() {
  const { invitations } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('draw.mine.title')} lede={say('draw.mine.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        {invitations.length === 0 ? (
          <Empty title={say('draw.mine.none')}>{say('draw.mine.none.why')}</Empty>
        ) : (
          <Rows label={say('draw.mine.title')}>
            {invitations.map((it) => (
              <li key={it.drawId} className="grid gap-3 py-5">
                <h2 className="text-ui font-semibold">
                  <bdi>{say('draw.mine.about', { product: it.product.name, vendor: it.vendor.name })}</bdi>
                </h2>
                <p className="meta">{say('draw.mine.on', { day: sayDay(it.invitedAt) })}</p>
                {it.written ? (
                  <p>
                    <Link to={paths.recommendation(it.written)}>{say('draw.mine.written')}</Link>
                  </p>
                ) : it.open ? (
                  <>
                    <InvitationLetter vendor={it.vendor.name} product={it.product.name} kind={it.kind} incentive={it.incentive} />
                    <p className="meta">{say('draw.mine.label', { day: sayDay(it.until), label: sourceOf(it) })}</p>
                    <div className="btns">
                      <ButtonLink to={paths.recommend(it.vendor.slug, it.product.slug)}>{say('vendors.recommend')}</ButtonLink>
                    </div>
                  </>
                ) : (
                  <p className="meta">{say('draw.mine.over')}</p>
                )}
              </li>
            ))}
          </Rows>
        )}
        <p className="meta">
          <Link to={paths.notificationSettings()}>{say('draw.mine.off')}</Link>
        </p>
      </div>
    </Wrap>
  )
}

function sourceOf({ kind, incentive }: { kind: 'everybody' | 'sample'; incentive: string }) {
  if (incentive !== 'none') return say('recommendation.source.incentivised')
  return say(kind === 'sample' ? 'recommendation.source.portal-sample' : 'recommendation.source.whole-list')
}
