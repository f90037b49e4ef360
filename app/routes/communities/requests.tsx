import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Byline } from '~/app/components/people'
import { ActionButton, Check, Empty, PageHead, RelativeTime, Rows, Section, State, Wrap, X } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { requestsPage } from '~/server/communities'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => requestsPage(viewer, params.slug ?? ''))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('communities.requests.title') }) }]

export default function RequestsScreen() {
  const { slug, name, question, waiting, decided } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('communities.requests.title')}
        lede={say('communities.requests.lede', { name })}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {waiting.length === 0 ? (
          <Empty title={say('communities.requests.none')}>{say('communities.requests.none.why')}</Empty>
        ) : (
          <div>
            {question ? <p className="meta mb-2">{say('communities.requests.question', { question })}</p> : null}
            <Rows label={say('communities.requests.title')}>
              {waiting.map((request) =>
                request.who ? (
                  <li key={request.id} className="grid gap-3 py-5">
                    <Byline who={request.who} to={request.who.handle ? paths.person(request.who.handle) : undefined}>
                      <RelativeTime at={request.askedAt} />
                    </Byline>
                    {request.answer ? (
                      <p className="prose whitespace-pre-line" dir="auto">
                        {request.answer}
                      </p>
                    ) : (
                      <p className="text-ink-faint">{say('communities.requests.noAnswer')}</p>
                    )}
                    <div className="btns">
                      <ActionButton
                        action={paths.membershipRequest(slug, request.id)}
                        fields={{ answer: 'accept' }}
                        label={say('communities.requests.accept')}
                        spoken={say('communities.requests.accept.spoken', { name: request.who.displayName })}
                        size="sm"
                        variant="primary"
                      />
                      <ActionButton
                        action={paths.membershipRequest(slug, request.id)}
                        fields={{ answer: 'refuse' }}
                        label={say('communities.requests.refuse')}
                        spoken={say('communities.requests.refuse.spoken', { name: request.who.displayName })}
                        size="sm"
                      />
                    </div>
                  </li>
                ) : null,
              )}
            </Rows>
          </div>
        )}
        {decided.length > 0 ? (
          <Section title={say('communities.requests.decided')} id="decided" thin>
            <Rows>
              {decided.map((request) =>
                request.who ? (
                  <li key={request.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
                    <Byline who={request.who} to={request.who.handle ? paths.person(request.who.handle) : undefined} short>
                      {request.decidedAt ? <RelativeTime at={request.decidedAt} /> : null}
                    </Byline>
                    {request.state === 'accepted' ? (
                      <State kind="ok" icon={Check}>
                        {say('communities.requests.accepted')}
                      </State>
                    ) : (
                      <State kind="off" icon={X}>
                        {say('communities.requests.refused')}
                      </State>
                    )}
                  </li>
                ) : null,
              )}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
