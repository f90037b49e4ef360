import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActRows, Portrait } from '~/app/components/people'
import { ActionButton, Banner, ButtonLink, Confirm, Empty, Pager, Section, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { importedPage } from '~/server/authorship'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params, url }) => importedPage(viewer, params.id, url.searchParams.get('before')))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data?.name ?? say('ui.refused.404.title') }) },
  { name: 'robots', content: 'noindex' },
]

export default function ImportedScreen() {
  const { importedId, name, about, source, sourceUrl, slug, room, acts, older, mayAsk } = useLoaderData<typeof loader>()
  const elsewhere = source ?? room
  return (
    <Wrap>
      <header className="flex flex-wrap items-center justify-between gap-6 pt-8 pb-7">
        <div className="flex min-w-0 items-center gap-4">
          <Portrait name={name} side="member" size="lg" />
          <div className="min-w-0">
            <h1 className="title wrap-anywhere">
              <bdi>{name}</bdi>
            </h1>
            <p className="meta mt-1">
              {say('authorship.imported')},{' '}
              <Link className="underline" to={paths.community(slug)}>
                <bdi>{room}</bdi>
              </Link>
            </p>
          </div>
        </div>
        {mayAsk ? (
          <div className="btns">
            <ButtonLink to={paths.thisWasMe(importedId)} rel="nofollow">
              {say('authorship.thisWasMe')}
            </ButtonLink>
          </div>
        ) : null}
      </header>
      <div className="grid max-w-[46rem] gap-10">
        <div className="grid gap-4">
          <Standing />
          <p className="soft">
            {say('authorship.imported.note', { source: elsewhere })} {mayAsk ? say('authorship.thisWasMe.why') : null}
          </p>
          {sourceUrl ? (
            <p className="soft">
              <a className="underline" href={sourceUrl} rel="nofollow noopener external">
                {say('authorship.imported.profile', { source: elsewhere })}
              </a>
            </p>
          ) : null}
          {about ? (
            <p className="wrap-anywhere" dir="auto">
              {about}
            </p>
          ) : null}
        </div>
        <Section id="acts" title={say('authorship.wrote')}>
          {acts.length === 0 ? (
            <Empty level={3} title={say('authorship.nothing')}>
              {say('authorship.nothing.why')}
            </Empty>
          ) : (
            <>
              <ActRows acts={acts} />
              <Pager older={older ? `${paths.imported(importedId)}?before=${encodeURIComponent(older)}` : null} />
            </>
          )}
        </Section>
      </div>
    </Wrap>
  )
}

/** Whose it is by now, or how one’s own request stands. */
function Standing() {
  const { importedId, taken, mine, undoable } = useLoaderData<typeof loader>()
  if (taken?.who)
    return (
      <Banner kind="success" end={taken.who.handle ? <Link to={paths.person(taken.who.handle)}>@{taken.who.handle}</Link> : undefined}>
        {say(taken.isMine ? 'authorship.taken.you' : 'authorship.taken', {
          who: taken.who.displayName,
          day: sayDay(taken.at ?? new Date()),
        })}
        {undoable ? (
          <div className="mt-3">
            <Confirm
              label={say('authorship.undo')}
              size="sm"
              title={say('authorship.undo.title')}
              action={paths.undoAuthorship(undoable)}
              fields={{ next: paths.imported(importedId) }}
              confirmLabel={say('authorship.undo')}
            >
              <p className="mb-3">{say('authorship.undo.what')}</p>
              <TextInput label={say('authorship.undo.reason')} name="reason" required maxLength={1000} />
            </Confirm>
          </div>
        ) : null}
      </Banner>
    )
  if (mine?.state === 'waiting')
    return (
      <Banner>
        {say('authorship.waiting', { day: sayDay(mine.at) })}
        <div className="btns mt-3">
          <ButtonLink size="sm" to={paths.thisWasMe(importedId)}>
            {say('authorship.change')}
          </ButtonLink>
          <ActionButton action={paths.withdrawAuthorship(importedId)} label={say('authorship.withdraw')} size="sm" />
        </div>
      </Banner>
    )
  if (mine?.state === 'refused') return <Banner kind="caution">{say('authorship.refused', { reason: mine.reason })}</Banner>
  if (mine?.state === 'undone') return <Banner kind="caution">{say('authorship.undone', { reason: mine.reason })}</Banner>
  return null
}
