import { useLoaderData } from '@remix-run/react'
import { Byline } from '~/app/components/people'
import { PostBody } from '~/app/components/threads'
import { Empty, PageHead, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { versionsPage } from '~/server/recommendations'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('recommendation.versions.title') }) }]

export const loader = load(({ viewer, params }) => versionsPage(viewer, params.id))

export default function VersionsScreen() {
  const it = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('recommendation.versions.title')}
        lede={say('recommendation.versions.lede')}
        crumbs={[
          { to: paths.vendor(it.vendor.slug), label: it.vendor.name },
          { to: paths.recommendation(it.id), label: it.headline },
        ]}
      />
      <div className="grid max-w-[46rem] gap-8">
        {it.versions.length + it.replies.length === 0 ? (
          <Empty title={say('recommendation.versions.none')}>{say('recommendation.versions.none.why')}</Empty>
        ) : null}
        {it.versions.length > 0 ? (
          <Section title={say('recommendation.versions.own')} side="member">
            {it.versions.map((version) => (
              <article key={version.id} className="prose mb-6">
                <p className="meta">
                  {say('recommendation.versions.until', { day: sayDay(version.until) })} ·{' '}
                  {say(`recommendation.verdict.${version.verdict}`)}
                </p>
                <h3 dir="auto">{version.headline}</h3>
                {[version.useCase, version.whatIsGood, version.whatIsNot, version.forWhom].map((text, at) =>
                  text ? (
                    <p key={at} className="whitespace-pre-line" dir="auto">
                      {text}
                    </p>
                  ) : null,
                )}
              </article>
            ))}
          </Section>
        ) : null}
        {it.replies.length > 0 ? (
          <Section title={say('recommendation.versions.replies')} side="vendor">
            {it.replies.map((version) => (
              <article key={version.id} className="mb-6">
                {version.by ? (
                  <Byline who={version.by}>{say('recommendation.versions.until', { day: sayDay(version.until) })}</Byline>
                ) : null}
                <PostBody html={version.html} />
              </article>
            ))}
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}
