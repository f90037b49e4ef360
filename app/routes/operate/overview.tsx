import { Link, useLoaderData } from '@remix-run/react'
import { KeptBy } from '~/app/components/communities'
import { Who } from '~/app/components/people'
import { Banner, ButtonLink, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { communityDirectory, portalModeratorList } from '~/server/communities'
import { lateObligations } from '~/server/revocations'
import { vendorDirectory } from '~/server/vendors'
import { say } from '~/words'

export const loader = load(async ({ viewer }) => {
  // The list of moderators is the operators' alone: it refuses everybody else before anything is drawn.
  const [moderators, vendors, rooms] = await Promise.all([portalModeratorList(viewer), vendorDirectory(), communityDirectory(viewer)])
  return { moderators, vendors, rooms, late: await lateObligations(personOf(viewer)) }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.title') }) }]

export default function OperateScreen() {
  const { moderators, vendors, rooms, late } = useLoaderData<typeof loader>()
  const empty = vendors.length === 0 || rooms.length === 0 || moderators.length === 0
  return (
    <Wrap>
      <PageHead title={say('operate.title')} lede={say('operate.lede')} />
      <div className="grid gap-10">
        {empty ? (
          <Banner kind="independent">
            <p className="strong">{say('operate.start')}</p>
            <ol className="ms-5 list-decimal">
              <li>{say('operate.start.1')}</li>
              <li>{say('operate.start.2')}</li>
              <li>{say('operate.start.3')}</li>
            </ol>
          </Banner>
        ) : null}
        {late.length > 0 ? (
          <Banner kind="caution">
            <p className="strong">{say('revocation.late')}</p>
            <ul>
              {late.map(({ slug, name, kind, late: count }) => (
                <li key={`${slug} ${kind}`}>{say(`revocation.late.${kind}`, { vendor: name, count })}</li>
              ))}
            </ul>
          </Banner>
        ) : null}
        <Section
          title={say('operate.vendors')}
          id="vendors"
          side="vendor"
          end={
            <span className="btns">
              <ButtonLink size="sm" variant="quiet" to={paths.operateCategories()}>
                {say('category.title')}
              </ButtonLink>
              <ButtonLink size="sm" to={paths.newVendor()}>
                {say('operate.newVendor')}
              </ButtonLink>
            </span>
          }
        >
          {vendors.length === 0 ? <p className="text-ink-soft">{say('operate.vendors.none')}</p> : null}
          <Rows>
            {vendors.map((vendor) => (
              <li key={vendor.slug} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
                <Link className="font-serif text-prose no-underline hover:underline" to={paths.operateVendor(vendor.slug)}>
                  <bdi>{vendor.name}</bdi>
                </Link>
                <span className="meta num">{say('operate.row.vendor', { products: vendor.productCount, staff: vendor.staffCount })}</span>
              </li>
            ))}
          </Rows>
        </Section>
        <Section
          title={say('operate.communities')}
          id="communities"
          side="member"
          end={
            <ButtonLink size="sm" to={paths.newCommunity()}>
              {say('operate.newCommunity')}
            </ButtonLink>
          }
        >
          {rooms.length === 0 ? <p className="text-ink-soft">{say('operate.communities.none')}</p> : null}
          <Rows>
            {rooms.map((room) => (
              <li key={room.slug} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
                <span className="flex flex-wrap items-baseline gap-x-4">
                  <Link className="font-serif text-prose no-underline hover:underline" to={paths.operateCommunity(room.slug)}>
                    <bdi>{room.name}</bdi>
                  </Link>
                  <KeptBy host={room.host} />
                  <span className="meta">{say(`communities.access.${room.access}`)}</span>
                </span>
                <span className="meta num">{say('operate.row.community', { members: room.memberCount, threads: room.threadCount })}</span>
              </li>
            ))}
          </Rows>
        </Section>
        <Section
          title={say('operate.moderators')}
          id="moderators"
          side="independent"
          end={
            <ButtonLink size="sm" to={paths.operateModerators()}>
              {say('operate.moderators.see')}
            </ButtonLink>
          }
        >
          <p className="text-ink-soft">{say(moderators.length === 0 ? 'operate.moderators.none' : 'operate.moderators.lede')}</p>
          <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
            {moderators.map(({ who }) => (
              <li key={who.handle}>
                <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
              </li>
            ))}
          </ul>
        </Section>
        <Section
          title={say('standing.report.title')}
          id="votes"
          side="independent"
          end={
            <ButtonLink size="sm" to={paths.votingReport()}>
              {say('standing.report.see')}
            </ButtonLink>
          }
        >
          <p className="text-ink-soft">{say('standing.report.lede')}</p>
        </Section>
        <Section
          title={say('operate.secondStep')}
          id="second-step"
          end={
            <ButtonLink size="sm" to={paths.operateSecondStep()}>
              {say('operate.secondStep.see')}
            </ButtonLink>
          }
        >
          <p className="text-ink-soft">{say('operate.secondStep.lede')}</p>
        </Section>
        <Section
          title={say('operate.providers')}
          id="providers"
          end={
            <ButtonLink size="sm" to={paths.operateProviders()}>
              {say('operate.secondStep.see')}
            </ButtonLink>
          }
        >
          <p className="text-ink-soft">{say('operate.providers.lede')}</p>
        </Section>
      </div>
    </Wrap>
  )
}
