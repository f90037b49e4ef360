import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionButton, Banner, ButtonLink, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { batchPage } from '~/server/moderation'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.decidedTogether') }) }]

export const loader = load(({ viewer, params }) => batchPage(viewer, params.id))

export default function DecidedTogetherScreen() {
  const { id, who, community, decided, at, undone, mayUndo } = useLoaderData<typeof loader>()
  const back = community ? paths.communityQueue(community.slug) : paths.recommendationQueue()
  return (
    <Wrap>
      <PageHead
        title={say('moderation.decidedTogether.of', { count: decided.length, name: who?.displayName ?? '' })}
        lede={say('moderation.decidedTogether.lede', { day: sayMoment(at) })}
        crumbs={[{ to: back, label: say('moderation.queue') }]}
      />
      <div className="grid max-w-[46rem] gap-6">
        {undone ? (
          <Banner kind="independent">
            <p>{say('moderation.undone')}</p>
          </Banner>
        ) : null}
        <Rows>
          {decided.map(({ decisionId, kind, title }) => (
            <li key={decisionId} className="grid gap-0.5">
              <Link className="font-serif text-prose" to={paths.decision(decisionId)}>
                <bdi>{title}</bdi>
              </Link>
              <span className="meta">{say('moderation.done.hide', { what: kind })}</span>
            </li>
          ))}
        </Rows>
        <div className="btns">
          {mayUndo ? (
            <ActionButton action={paths.undoTogether(id)} label={say('moderation.undo')} next={paths.decidedTogether(id)} />
          ) : undone ? null : (
            <p className="meta">{say('moderation.undo.over')}</p>
          )}
          <ButtonLink variant="quiet" to={back}>
            {say('moderation.queue')}
          </ButtonLink>
        </div>
      </div>
    </Wrap>
  )
}
