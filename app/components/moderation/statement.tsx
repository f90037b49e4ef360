import type { SerializeFrom } from '@remix-run/node'
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { PostBody } from '~/app/components/threads'
import { Rows, Section } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { DecisionShown } from '~/server/moderation'
import { say } from '~/words'
import { sayDay, sayMoment } from '~/words/dates'
import { ruleWords } from './rule-words'

type Shown = DecisionShown | SerializeFrom<DecisionShown>

/** The statement of reasons, and of what it was written about what the viewer may read. */
export function Statement({ it }: { it: Shown }) {
  return (
    <>
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
    </>
  )
}

/** What the viewer wrote against it, and what came of that. */
export function OwnAppeal({ appeal }: { appeal: NonNullable<Shown['appeal']> }) {
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
}

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
