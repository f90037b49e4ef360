import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { IdeaState, IdeaTabs } from '~/app/components/ideas'
import { Who } from '~/app/components/people'
import { ActionButton, ButtonLink, Empty, PageHead, Pager, Rows, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { contributorsPage, ideasRoom, namedInCredits } from '~/server/ideas'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const room = await ideasRoom(viewer, params.slug)
  const cursor = url.searchParams.get('cursor')
  const [ledger, named] = await Promise.all([contributorsPage(viewer, room.communityId, cursor), namedInCredits(viewer)])
  return { room, cursor, named, ...ledger }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: say('idea.contributors.title', { room: data.room.name }), description: say('idea.contributors.lede') },
        path: paths.contributors(data.room.slug),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function ContributorsScreen() {
  const { room, cursor, named, contributors, next } = useLoaderData<typeof loader>()
  const { slug, name, may } = room
  const here = paths.contributors(slug)
  return (
    <Wrap>
      <PageHead
        title={say('idea.contributors.title', { room: name })}
        lede={say(room.hosted ? 'idea.contributors.lede.hosted' : 'idea.contributors.lede')}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <IdeaTabs slug={slug} room={name} />
      {contributors.length === 0 ? (
        <Empty
          title={say('idea.contributors.empty')}
          action={may.propose ? <ButtonLink to={paths.proposeIdea(slug)}>{say('idea.propose')}</ButtonLink> : null}
        >
          {say('idea.contributors.empty.body')}
        </Empty>
      ) : (
        <Rows className="max-w-[46rem]" label={say('idea.see.contributors')}>
          {contributors.map(({ who, proposed, shipped, ideas }, index) => (
            <li key={index} className="py-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <h2 className="text-prose min-w-0">
                  {who ? (
                    <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
                  ) : (
                    <span className="soft">{say('idea.contributors.unnamed')}</span>
                  )}
                </h2>
                <span className="meta num">{say('idea.contributors.count', { proposed, shipped })}</span>
              </div>
              <ul className="mt-2 grid gap-1.5">
                {ideas.map(({ number, title, status, mergedInto }) => (
                  <li key={`${number} ${title}`} className="flex flex-wrap items-baseline gap-x-3">
                    <Link className="min-w-0 wrap-anywhere" to={paths.thread(slug, number, mergedInto ?? title)} dir="auto">
                      {title}
                    </Link>
                    <span className="meta">
                      <IdeaState status={status} />
                    </span>
                    {mergedInto ? (
                      <span className="meta wrap-anywhere">{say('idea.contributors.merged', { into: mergedInto })}</span>
                    ) : null}
                  </li>
                ))}
              </ul>
              {proposed > ideas.length ? (
                <p className="meta mt-1">{say('idea.contributors.more', { count: proposed - ideas.length })}</p>
              ) : null}
            </li>
          ))}
        </Rows>
      )}
      <Pager newer={cursor ? here : null} newerLabel={say('idea.first')} older={next ? `${here}?cursor=${next}` : null} />
      {named === null ? null : (
        <div className="mt-8 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="meta">{say(named ? 'idea.credit.named' : 'idea.credit.unnamed')}</p>
          <ActionButton
            action={paths.credit()}
            fields={{ named: named ? 'no' : 'yes' }}
            label={say(named ? 'idea.credit.unname' : 'idea.credit.name')}
            size="sm"
          />
        </div>
      )}
    </Wrap>
  )
}
