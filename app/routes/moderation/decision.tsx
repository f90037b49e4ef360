import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ruleWords } from '~/app/components/moderation'
import { PostBody } from '~/app/components/threads'
import { Banner, ButtonLink, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decisionPage } from '~/server/moderation'
import { say } from '~/words'
import { sayDay, sayMoment } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.statement') }) }]

export const loader = load(({ viewer, params }) => decisionPage(viewer, params.id))

export default function DecisionScreen() {
  const it = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say(`moderation.done.${it.act}`, { what: it.subjectKind })}
        crumbs={[{ to: paths.moderationLog(), label: say('moderation.log') }]}
      />
      <div className="grid max-w-[46rem] gap-8">
        {it.concerned ? (
          <Banner kind="independent">
            <p>{say('moderation.statement.yours')}</p>
          </Banner>
        ) : null}
        <Section title={say('moderation.statement')} side="independent" id="statement">
          <Rows>
            <Line label={say('moderation.statement.what')}>
              {say(`moderation.act.${it.act}`)}, {sayMoment(it.decidedAt)}
            </Line>
            <Line label={say('moderation.statement.scope')}>{scopeOf(it)}</Line>
            <Line label={say('moderation.statement.duration')}>{durationOf(it)}</Line>
            <Line label={say('moderation.statement.facts')}>
              {it.facts === null ? (
                <span className="text-ink-soft">{say('moderation.statement.facts.private')}</span>
              ) : (
                <bdi className="whitespace-pre-line">{it.facts}</bdi>
              )}
            </Line>
            {it.source ? <Line label={say('moderation.statement.source')}>{say(`moderation.statement.source.${it.source}`)}</Line> : null}
            <Line label={say('moderation.statement.rule')}>
              <bdi>{ruleWords(it.rule, it.clause)}</bdi>
            </Line>
            {it.why ? (
              <Line label={say('moderation.statement.why')}>
                <bdi className="whitespace-pre-line">{it.why}</bdi>
              </Line>
            ) : null}
            <Line label={say('moderation.statement.automation')}>
              {say('moderation.statement.automation.how', { detected: it.detected, decided: it.decided })}
            </Line>
            <Line label={say('moderation.statement.by')}>
              {it.decided === 'check'
                ? say('moderation.statement.byCheck')
                : say('moderation.statement.byModerator', {
                    place: it.community ? 'community' : it.vendor ? 'recommendation' : 'portal',
                    name: it.community?.name ?? '',
                  })}
            </Line>
          </Rows>
        </Section>
        {it.words ? (
          <Section title={say('moderation.statement.words')} id="words">
            {'html' in it.words ? (
              <PostBody html={it.words.html} />
            ) : (
              <div className="prose" dir="auto">
                {it.words.text.map((part, at) => (
                  <p key={at} className="whitespace-pre-line">
                    {part}
                  </p>
                ))}
              </div>
            )}
          </Section>
        ) : null}
        {it.mend ? (
          <Section title={say('moderation.mend')} thin id="mend">
            <p>{say(it.detected === 'check' ? 'moderation.mend.held' : 'moderation.mend.how')}</p>
            <div className="btns mt-3">
              <ButtonLink to={paths.editPost(it.mend)}>{say('moderation.mend.do')}</ButtonLink>
            </div>
          </Section>
        ) : null}
        <Redress it={it} />
        {it.item ? (
          <div className="btns">
            <ButtonLink to={paths.decide(it.item.kind, it.item.id)}>{say('moderation.statement.item')}</ButtonLink>
          </div>
        ) : null}
      </div>
    </Wrap>
  )
}

/** What can be done about it, what the viewer did, and what came of it. */
function Redress({ it }: { it: Shown }) {
  const { appeal } = it
  if (appeal)
    return (
      <Section title={say('appeal.yours')} side="member" id="appeal">
        <p className="whitespace-pre-line" dir="auto">
          {appeal.words}
        </p>
        <p className="meta mt-2">{sayMoment(appeal.createdAt)}</p>
        {appeal.outcome ? (
          <div className="mt-4">
            <h3 className="label">{say(`appeal.outcome.${appeal.outcome}`)}</h3>
            <p className="whitespace-pre-line" dir="auto">
              {appeal.reasons}
            </p>
            {appeal.decidedAt ? <p className="meta mt-2">{say('appeal.decidedBy', { day: sayMoment(appeal.decidedAt) })}</p> : null}
          </div>
        ) : (
          <p className="mt-4">{say('appeal.waits', { day: sayDay(appeal.dueAt) })}</p>
        )}
      </Section>
    )
  return (
    <Section title={say('moderation.statement.redress')} thin id="appeal">
      {it.appealedAs ? <p>{say(`appeal.public.${it.appealedAs}`)}</p> : null}
      <p>
        {it.restricts || it.act === 'keep'
          ? say('moderation.statement.redress.how', {
              day: it.appealUntil ? sayDay(it.appealUntil) : '',
              who: it.restricts ? 'target' : 'reporter',
            })
          : say('moderation.statement.redress.none')}
      </p>
      {it.may.appeal ? (
        <p className="mt-4">
          <ButtonLink variant="primary" to={paths.appeal(it.id)}>
            {say('appeal.title')}
          </ButtonLink>
        </p>
      ) : null}
    </Section>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>

function scopeOf({ community, vendor }: Shown): ReactNode {
  if (community) return <Link to={paths.community(community.slug)}>{community.name}</Link>
  if (vendor) return <Link to={paths.vendor(vendor.slug)}>{say('moderation.statement.scope.vendor', { name: vendor.name })}</Link>
  return say('moderation.statement.scope.portal')
}

function durationOf({ restricts, until }: Shown): string {
  if (until) return say('moderation.statement.until', { day: sayMoment(until) })
  return say(restricts ? 'moderation.statement.untilChanged' : 'moderation.statement.notTimed')
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-0.5 md:grid-cols-[10rem_minmax(0,1fr)]">
      <span className="text-ink-soft">{label}</span>
      <span className="min-w-0">{children}</span>
    </li>
  )
}
