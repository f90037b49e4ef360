import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Byline } from '~/app/components/people'
import { Check, Confirm, Empty, PageHead, RelativeTime, Rows, Section, State, TextInput, Wrap, X } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { authorshipPage } from '~/server/authorship'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => authorshipPage(viewer, params.slug))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('authorship.title') }) }]

export default function AuthorshipScreen() {
  const { slug, name, communityId, waiting, decided } = useLoaderData<typeof loader>()
  useLive([`queue:${communityId}`])
  return (
    <Wrap>
      <PageHead
        title={say('authorship.title')}
        lede={say('authorship.lede', { name })}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {waiting.length === 0 ? (
          <Empty title={say('authorship.none')}>{say('authorship.none.why')}</Empty>
        ) : (
          <Rows label={say('authorship.title')}>
            {waiting.map((request) => (
              <li key={request.requestId} className="grid gap-3 py-5">
                <Waiting {...request} />
              </li>
            ))}
          </Rows>
        )}
        {decided.length > 0 ? (
          <Section title={say('authorship.decided')} id="decided" thin>
            <Rows label={say('authorship.decided')}>
              {decided.map(({ requestId, importedId, name: author, who, state, proof, reason, decidedAt }) => (
                <li key={requestId} className="grid gap-1 py-3">
                  <State kind={state === 'accepted' ? 'ok' : 'off'} icon={state === 'accepted' ? Check : X}>
                    <Link className="underline wrap-anywhere" to={paths.imported(importedId)}>
                      {say(state === 'accepted' ? 'authorship.was' : 'authorship.wasNot', { author, who: who?.displayName ?? '' })}
                    </Link>
                  </State>
                  <p className="meta">
                    {decidedAt ? <RelativeTime at={decidedAt} /> : null}
                    {proof === 'address' ? `, ${say('authorship.byAddress')}` : null}
                  </p>
                  {reason ? (
                    <p className="soft wrap-anywhere" dir="auto">
                      {reason}
                    </p>
                  ) : null}
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

type Request = ReturnType<typeof useLoaderData<typeof loader>>['waiting'][number]

function Waiting({ requestId, importedId, name: author, source, sourceUrl, who, words, askedAt, mayDecide }: Request) {
  if (!who) return null
  const names = { author, who: who.displayName }
  return (
    <>
      <Byline who={who} to={paths.author(who)}>
        <RelativeTime at={askedAt} />
      </Byline>
      <p>
        <Link className="underline wrap-anywhere" to={paths.imported(importedId)}>
          {say('authorship.says', names)}
        </Link>
        {sourceUrl ? (
          <>
            {' '}
            <a className="meta underline" href={sourceUrl} rel="nofollow noopener external">
              {say('authorship.imported.profile', { source: source ?? '' })}
            </a>
          </>
        ) : null}
      </p>
      <p className="prose whitespace-pre-line wrap-anywhere" dir="auto">
        {words}
      </p>
      {mayDecide ? (
        <div className="btns">
          <Confirm
            label={say('authorship.accept')}
            size="sm"
            variant="default"
            grave={false}
            title={say('authorship.accept.title', names)}
            action={paths.acceptAuthorship(requestId)}
            confirmLabel={say('authorship.accept')}
          >
            {say('authorship.accept.what', names)}
          </Confirm>
          <Confirm
            label={say('authorship.refuse')}
            size="sm"
            variant="quiet"
            grave={false}
            title={say('authorship.refuse.title', names)}
            action={paths.refuseAuthorship(requestId)}
            confirmLabel={say('authorship.refuse')}
          >
            <TextInput
              id={`reason-${requestId}`}
              label={say('authorship.refuse.reason')}
              name="reason"
              required
              maxLength={1000}
              help={say('authorship.refuse.reason.help', names)}
            />
          </Confirm>
        </div>
      ) : (
        <p className="meta">{say('authorship.own')}</p>
      )}
    </>
  )
}
