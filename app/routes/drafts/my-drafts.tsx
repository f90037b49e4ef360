import { Link, useLoaderData } from '@remix-run/react'
import { continues } from '~/app/components/drafts'
import { ActionButton, ButtonLink, Buttons, Empty, PageHead, RelativeTime, Rows, Section, Wrap } from '~/app/components/ui'
import { draftPlaces } from '~/app/draft-places.server'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myDrafts } from '~/server/drafts'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(async ({ viewer }) => {
  const drafts = await myDrafts(personOf(viewer))
  const placeOf = await draftPlaces(viewer, drafts)
  const placed = drafts.map((draft) => ({ ...draft, place: placeOf(draft.subjectId) }))
  return { live: placed.filter((draft) => !draft.discardedAt), discarded: placed.filter((draft) => draft.discardedAt) }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('draft.mine') }) }]

export default function MyDraftsScreen() {
  const { live, discarded } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('draft.mine')} lede={say('draft.mine.lede')} />
      <div className="max-w-[46rem]">
        {live.length === 0 ? (
          <Empty title={say('draft.none')} action={<ButtonLink to={paths.askAnywhere()}>{say('ui.askQuestion')}</ButtonLink>}>
            {say('draft.none.body')}
          </Empty>
        ) : (
          <Rows label={say('draft.mine')}>
            {live.map((draft) => (
              <li key={draft.id} className="py-5">
                <p className="wrap-anywhere" dir="auto">
                  <Link to={paths.draft(draft.kind, draft.subjectId)}>{draft.begins}</Link>
                </p>
                <p className="meta mt-1">
                  {say(`draft.kind.${draft.kind}`, { title: draft.place?.title ?? say('draft.unreadable') })},{' '}
                  <RelativeTime at={draft.savedAt} />
                </p>
                <Buttons className="mt-3">
                  {draft.place ? (
                    <ButtonLink
                      size="sm"
                      to={continues(draft.kind, draft.place)}
                      aria-label={say('draft.continue.spoken', { begins: draft.begins })}
                    >
                      {say('draft.continue')}
                    </ButtonLink>
                  ) : null}
                  <ActionButton
                    action={paths.discardDraft(draft.id)}
                    label={say('draft.discard')}
                    spoken={say('draft.discard.spoken', { begins: draft.begins })}
                    variant="quiet"
                    size="sm"
                  />
                </Buttons>
              </li>
            ))}
          </Rows>
        )}
        {discarded.length > 0 ? (
          <Section title={say('draft.discardedOnes')} id="discarded" className="mt-9">
            <Rows label={say('draft.discardedOnes')}>
              {discarded.map((draft) => (
                <li key={draft.id} className="py-4">
                  <p className="soft wrap-anywhere" dir="auto">
                    {draft.begins}
                  </p>
                  <p className="meta mt-1">{say('draft.keptUntil', { day: sayDay(draft.keptUntil) })}</p>
                  <div className="mt-2">
                    <ActionButton
                      action={paths.restoreDraft(draft.id)}
                      label={say('draft.restore')}
                      spoken={say('draft.restore.spoken', { begins: draft.begins })}
                      size="sm"
                    />
                  </div>
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
