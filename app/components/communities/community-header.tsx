import { Link } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { ActionButton, ButtonLink, Check, Confirm, Hourglass, Label, Lock, Scale, State } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { CommunityHeader } from '~/server/communities/types'
import { say } from '~/words'

/** How the viewer stands to the community, and the way in or out. Nothing where neither is open to them. */
export function CommunityStanding({ community }: { community: CommunityHeader }) {
  const { slug, membership, waiting, viewerCan: may } = community
  if (!may.join && !may.askToJoin && !may.leave && !waiting) return null
  return (
    <section className="grid gap-3">
      <Label level={2}>{say('communities.standing')}</Label>
      {waiting ? (
        <>
          <State kind="wait" icon={Hourglass}>
            {say('communities.waiting')}
          </State>
          <div className="btns">
            <ActionButton action={paths.withdrawRequest(slug)} label={say('communities.withdraw')} size="sm" />
          </div>
        </>
      ) : null}
      {may.join ? (
        <>
          <p className="meta">{say('communities.join.why')}</p>
          <div className="btns">
            <ActionButton action={paths.joinCommunity(slug)} label={say('communities.join')} />
          </div>
        </>
      ) : null}
      {may.askToJoin ? (
        <>
          <p className="meta">{say('communities.ask.why')}</p>
          <div className="btns">
            <ButtonLink to={paths.joinCommunity(slug)}>{say('communities.ask')}</ButtonLink>
          </div>
        </>
      ) : null}
      {membership ? <Membership community={community} prospect={membership.prospect} /> : null}
    </section>
  )
}

function Membership({ community, prospect }: { community: CommunityHeader; prospect: boolean }) {
  const { slug, name, product, viewerCan: may } = community
  return (
    <>
      <State kind="ok" icon={Check}>
        {say('communities.isMember')}
      </State>
      {may.sayProspect && (product || prospect) ? (
        <div className="grid gap-2">
          <p className="meta">{say(prospect ? 'communities.considering.is' : 'communities.considering.why')}</p>
          <div className="btns">
            <ActionButton
              action={paths.sayProspect(slug)}
              fields={{ considering: prospect ? 'no' : 'yes' }}
              label={say(prospect ? 'communities.considering.unsay' : 'communities.considering.say')}
              size="sm"
            />
          </div>
        </div>
      ) : null}
      {may.leave ? (
        <div className="btns">
          <Confirm
            label={say('communities.leave')}
            size="sm"
            variant="quiet"
            title={say('communities.leave.title', { name })}
            action={paths.leaveCommunity(slug)}
            confirmLabel={say('communities.leave')}
            keepLabel={say('communities.leave.keep')}
          >
            <p>{say('communities.leave.why')}</p>
          </Confirm>
        </div>
      ) : null}
    </>
  )
}

/** The rail of a community: what it is, its rules, who moderates it, and what moderators do there. */
export function CommunityAbout({ community }: { community: CommunityHeader }) {
  const { host, product, memberCount, threadCount, access, rules, moderators, source, sourceUrl, licence } = community
  return (
    <>
      <section className="grid gap-1.5">
        <Label level={2}>{say('communities.about')}</Label>
        <p>
          {host
            ? sayRich('communities.about.host', {
                name: host.name,
                vendor: (chunks) => (
                  <Link className="underline" to={paths.vendor(host.slug)}>
                    <bdi>{chunks}</bdi>
                  </Link>
                ),
              })
            : say('communities.about.independent')}
        </p>
        {product ? <p>{say('communities.about.product', { product })}</p> : null}
        {!host && !product && community.viewerCan.ask ? (
          <Link className="meta underline" to={paths.askPeers(community.slug)}>
            {say('request.ask')}
          </Link>
        ) : null}
        <p className="meta num">{say('communities.about.counts', { members: memberCount, threads: threadCount })}</p>
        {community.viewerCan.read ? (
          <Link className="meta underline" to={paths.leaders(community.slug)}>
            {say('standing.leaders.link')}
          </Link>
        ) : null}
        {community.responseTargetHours ? (
          <p className="meta">{say('communities.about.target', { hours: community.responseTargetHours })}</p>
        ) : null}
        {access === 'open' ? null : (
          <p className="meta">
            <State icon={Lock}>{say(`communities.access.${access}`)}</State> {say(`communities.access.${access}.why`)}
          </p>
        )}
        {source ? (
          <p className="meta">
            {sourceUrl
              ? sayRich('communities.about.source', {
                  name: source,
                  source: (chunks) => (
                    <a className="underline" href={sourceUrl} rel="nofollow noopener">
                      {chunks}
                    </a>
                  ),
                })
              : sayRich('communities.about.source', { name: source, source: (chunks) => chunks })}
            {licence ? ` ${say('communities.about.licence', { licence })}` : null}
          </p>
        ) : null}
      </section>
      {rules ? (
        <section>
          <Label level={2}>{say('communities.about.rules')}</Label>
          <p className="whitespace-pre-line text-ink-soft" dir="auto">
            {rules}
          </p>
        </section>
      ) : null}
      <section>
        <Label level={2} icon={Scale}>
          {say('communities.about.moderators')}
        </Label>
        {moderators.length === 0 ? (
          <p className="meta">{say('communities.about.noModerators')}</p>
        ) : (
          <ul className="grid gap-1">
            {moderators.map((who) => (
              <li key={who.handle}>
                <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <ForModerators community={community} />
    </>
  )
}

function ForModerators({ community }: { community: CommunityHeader }) {
  const { slug, access, source, requestsWaiting, authorsWaiting, viewerCan: may } = community
  const links = [
    may.seeWaiting ? { to: paths.waiting(slug), label: say('thread.waiting.title') } : null,
    may.moderate ? { to: paths.communityQueue(slug), label: say('communities.manage.queue') } : null,
    may.moderate ? { to: paths.merges(slug), label: say('thread.merges.title') } : null,
    may.moderate && source ? { to: paths.authorship(slug), label: say('authorship.manage', { count: authorsWaiting }) } : null,
    may.decide && access === 'request'
      ? { to: paths.membershipRequests(slug), label: say('communities.manage.requests', { count: requestsWaiting }) }
      : null,
    may.invite ? { to: paths.invitations(slug), label: say('communities.manage.invitations') } : null,
    may.manage ? { to: paths.operateCommunity(slug), label: say('communities.manage.settings') } : null,
  ].filter((link) => link !== null)
  if (links.length === 0) return null
  return (
    <section>
      <Label level={2} icon={Scale}>
        {say('communities.manage')}
      </Label>
      <ul className="grid gap-1">
        {links.map((link) => (
          <li key={link.to}>
            <Link className="underline" to={link.to}>
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
