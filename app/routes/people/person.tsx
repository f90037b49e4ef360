import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActRows, Portrait, Seat, sideOf } from '~/app/components/people'
import { PostBody } from '~/app/components/threads'
import { ActionButton, Ban, Banner, ButtonLink, Confirm, Empty, Pager, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { personPage } from '~/server/accounts'
import { reputationOf } from '~/server/standing'
import { say } from '~/words'
import { sayDate } from '~/words/dates'
import { toBeFound } from '~/app/meta'

export const loader = load(async ({ viewer, params, url }) => {
  const [page, reputation] = await Promise.all([
    personPage(viewer, params.handle, url.searchParams.get('before')),
    reputationOf(viewer, params.handle),
  ])
  return { ...page, reputation }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({ matches, title: data.who.displayName, path: paths.person(data.handle) })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function PersonScreen() {
  const { who, handle, about, since, isViewer, isBlocked, mayBlock, mayEdit, acts, older, reputation } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <header className="flex flex-wrap items-center justify-between gap-6 pt-8 pb-7">
        <div className="flex min-w-0 items-center gap-4">
          <Portrait name={who.displayName} side={sideOf(who.seat)} size="lg" />
          <div className="min-w-0">
            <h1 className="title">
              <bdi>{who.displayName}</bdi>
            </h1>
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              <Seat seat={who.seat} />
              <span className="meta">
                @{handle}, {say('accounts.person.since', { day: sayDate(since) })}
              </span>
              {reputation ? <span className="meta num">{say('standing.person', { points: reputation })}</span> : null}
            </p>
          </div>
        </div>
        {isViewer ? (
          <div className="btns">
            {mayEdit ? <ButtonLink to={paths.profile()}>{say('accounts.account.editProfile')}</ButtonLink> : null}
            <ButtonLink variant="quiet" to={paths.standing()}>
              {say('standing.title')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.account()}>
              {say('accounts.person.settings')}
            </ButtonLink>
          </div>
        ) : mayBlock ? (
          isBlocked ? (
            <ActionButton action={paths.unblock(handle)} label={say('accounts.unblock')} />
          ) : (
            <Confirm
              label={say('accounts.block')}
              icon={Ban}
              variant="quiet"
              title={say('accounts.block.title', { who: who.displayName })}
              action={paths.block(handle)}
              confirmLabel={say('accounts.block')}
              grave={false}
            >
              {say('accounts.block.what')}
            </Confirm>
          )
        ) : null}
      </header>
      {isBlocked ? (
        <div className="mb-7 max-w-[46rem]">
          <Banner end={<Link to={paths.blocked()}>{say('accounts.blocked')}</Link>}>{say('accounts.blocked.you')}</Banner>
        </div>
      ) : null}
      <div className="grid max-w-[46rem] gap-10">
        {about ? (
          <Section id="about" title={say(isViewer ? 'accounts.person.aboutYou' : 'accounts.person.about')} side={sideOf(who.seat)}>
            <PostBody html={about} />
          </Section>
        ) : null}
        <Section
          id="acts"
          title={isViewer ? say('accounts.person.didYou') : say('accounts.person.did', { name: who.displayName })}
          side={sideOf(who.seat)}
        >
          {acts.length === 0 ? (
            <Empty level={3} title={say('accounts.person.nothing')}>
              {say('accounts.person.nothing.why')}
            </Empty>
          ) : (
            <>
              <p className="meta">{say('accounts.person.did.note')}</p>
              <ActRows acts={acts} />
              <Pager older={older ? `${paths.person(handle)}?before=${encodeURIComponent(older)}` : null} />
            </>
          )}
        </Section>
      </div>
    </Wrap>
  )
}
