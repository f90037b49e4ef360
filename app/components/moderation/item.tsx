import { Link } from '@remix-run/react'
import type { SerializeFrom } from '@remix-run/node'
import { Who } from '~/app/components/people'
import { disclosureOf } from '~/app/components/recommendations'
import { PostBody } from '~/app/components/threads'
import { ActionButton, Banner, EyeOff, Hand, Lock, RelativeTime, State } from '~/app/components/ui'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import type { Item } from '~/server/moderation/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { DecisionForm } from './decision-form'
import { ItemNotes } from './item-notes'
import { ruleWords } from './rule-words'

/** As it comes from a loader. */
export type ItemShown = Item | SerializeFrom<Item>

/** One flagged thing: what it says, who flagged it and why, what was decided before, and the form. */
export function ModerationItem({ item, refused, level = 2 }: { item: ItemShown; refused: Refused; level?: 1 | 2 }) {
  const Heading = level === 1 ? 'h1' : 'h2'
  const Below = level === 1 ? 'h2' : 'h3'
  const name = item.by.displayName
  return (
    <>
      <header className="ih">
        <div>
          <Heading className="title" id="item-heading">
            {say(`moderation.item.${item.sort}`, { name, product: item.parts?.productName ?? '' })}
          </Heading>
          <p className="facts meta flex flex-wrap gap-x-3.5">
            <RelativeTime at={item.createdAt} />
            {item.sort === 'answer' || item.sort === 'comment' ? <span>{say('moderation.item.where', { title: item.title })}</span> : null}
            {item.score === null || item.held ? null : (
              <span>{say('moderation.item.weighs', { count: openFlags(item), score: item.score })}</span>
            )}
            <Link to={placeOf(item)}>{say('moderation.item.see')}</Link>
            {item.changed ? <Link to={paths.postHistory(item.changed)}>{say('moderation.item.changed')}</Link> : null}
          </p>
        </div>
        <div className="btns">
          <ClaimOf item={item} />
          {item.hidden ? (
            <State kind="bad" icon={EyeOff}>
              {say(item.held ? 'moderation.item.held' : 'moderation.item.hidden')}
            </State>
          ) : null}
          {item.locked ? (
            <State kind="wait" icon={Lock}>
              {say('moderation.item.locked')}
            </State>
          ) : null}
        </div>
      </header>
      {item.kind === 'recommendation' && item.vendor ? (
        <Banner kind="independent">
          <p>{say('moderation.item.vendorCannot', { vendor: item.vendor.name })}</p>
        </Banner>
      ) : null}
      <div className="body2">
        <div>
          <ItemWords item={item} />
          <Disputed item={item} heading={Below} />
          <Flags item={item} />
          <ItemNotes item={item} heading={Below} />
        </div>
        <div className="ctx">
          <div>
            <Below className="label">{say('moderation.author', { name })}</Below>
            <dl>
              <div>
                <dt>{say('moderation.author.removed')}</dt>
                <dd>{item.removedBefore}</dd>
              </div>
            </dl>
            {item.others > 0 && item.by.handle ? (
              <p className="mt-2">
                <Link to={paths.decideTogether(item.by.handle, item.community?.slug)}>
                  {say('moderation.author.others', { count: item.others, name })}
                </Link>
              </p>
            ) : null}
            {item.may.suspend && item.by.handle ? (
              <p className="mt-2">
                <Link to={paths.suspend(item.by.handle, item.community?.slug)}>{say('moderation.author.suspend', { name })}</Link>
              </p>
            ) : null}
          </div>
          <Earlier earlier={item.earlier} heading={Below} />
        </div>
      </div>
      <DecisionForm item={item} {...refused} key={`${item.kind}:${item.id}`} />
    </>
  )
}

const openFlags = (item: ItemShown) => item.flags.filter((flag) => flag.state === 'open').length

/** Who is at it. Anybody may still decide: a claim is said, not enforced. */
function ClaimOf({ item }: { item: ItemShown }) {
  if (!item.waits) return null
  if (!item.claim)
    return <ActionButton size="sm" icon={Hand} action={paths.claimItem(item.kind, item.id)} label={say('moderation.claim')} />
  return (
    <>
      <State kind={item.claim.mine ? 'ok' : 'wait'} icon={Hand}>
        {say('moderation.claimed', { mine: item.claim.mine ? 'yes' : 'no', name: item.claim.by })}
      </State>
      {item.claim.mine ? <ActionButton size="sm" action={paths.releaseItem(item.kind, item.id)} label={say('moderation.release')} /> : null}
    </>
  )
}

function placeOf(item: ItemShown): string {
  if (item.kind === 'recommendation') return paths.recommendation(item.id)
  const { slug } = item.community ?? { slug: '' }
  return item.kind === 'thread' ? paths.thread(slug, item.number ?? 0, item.title) : paths.post(slug, item.number ?? 0, item.id)
}

const PARTS = [
  ['useCase', 'recommendation.field.useCase'],
  ['whatIsGood', 'recommendation.card.good'],
  ['whatIsNot', 'recommendation.card.notGood'],
  ['forWhom', 'recommendation.card.forWhom'],
] as const

/** What it says, as it stands. */
export function ItemWords({ item }: { item: ItemShown }) {
  return (
    <div className="asis">
      <p className="byline">
        <Who who={item.by} to={item.by.handle ? paths.person(item.by.handle) : undefined} />
      </p>
      {item.sort === 'thread' || item.parts ? (
        <p className="mt-2.5 font-serif text-prose font-semibold" dir="auto">
          {item.title}
        </p>
      ) : null}
      {item.html === null ? null : <PostBody html={item.html} />}
      {item.parts ? (
        <div className="prose" dir="auto">
          {PARTS.map(([part, label]) =>
            item.parts?.[part] ? (
              <p key={part} className="whitespace-pre-line">
                <span className="meta block">{say(label)}</span>
                {item.parts[part]}
              </p>
            ) : null,
          )}
        </div>
      ) : null}
      {item.parts ? (
        <p className="meta mt-3 flex flex-wrap gap-x-3">
          {[say(`recommendation.verdict.${item.parts.verdict}`), ...disclosureOf(item.parts)].map((line) => (
            <span key={line}>{line}</span>
          ))}
          <b className="strong">{say(`recommendation.evidence.${item.parts.evidence}`)}</b>
        </p>
      ) : null}
    </div>
  )
}

/** What the vendor says of it, and what its author shows against that. */
function Disputed({ item: { dispute, vendor }, heading: Heading }: { item: ItemShown; heading: 'h2' | 'h3' }) {
  if (!dispute || !vendor) return null
  return (
    <section className="mt-5">
      <Heading className="label">{say('dispute.item', { vendor: vendor.name })}</Heading>
      <p>
        <b className="strong">{say(`moderation.rule.${dispute.rule}`)}</b>
      </p>
      <p className="meta">{say('dispute.item.due', { day: sayDay(dispute.dueAt) })}</p>
      <div className="prose mt-2">
        <p className="whitespace-pre-line">
          <span className="meta block">{say('dispute.item.said', { vendor: vendor.name })}</span>
          <bdi>{dispute.said}</bdi>
        </p>
        {dispute.proof === null ? (
          <p className="meta">{say(dispute.tied ? 'dispute.item.tied' : 'dispute.item.noProof')}</p>
        ) : (
          <p className="whitespace-pre-line">
            <span className="meta block">{say('dispute.item.proof')}</span>
            <bdi>{dispute.proof}</bdi>
          </p>
        )}
      </div>
    </section>
  )
}

function Flags({ item }: { item: ItemShown }) {
  if (item.flags.length === 0) return <p className="meta mt-4">{say('moderation.item.noFlags')}</p>
  return (
    <ul className="flags" aria-label={say('moderation.item.flagsHeading')}>
      {item.flags.map((flag) => (
        <li key={flag.id}>
          <p>
            {flag.by ? <Who who={flag.by} short /> : <span>{say('moderation.flag.report')}</span>}
            <br />
            <b className="strong">{say(`flag.reason.${flag.reason}`)}</b> <bdi className="whitespace-pre-line">{flag.note}</bdi>
          </p>
          <p className="meta num">
            <RelativeTime at={flag.createdAt} />
            <br />
            {say('moderation.flag.weighs', { weight: flag.weight, stake: flag.stake ?? 'none' })}
            {flag.state === 'open' ? null : (
              <>
                <br />
                {say(`moderation.flag.settled.${flag.state}`)}
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

export function Earlier({ earlier, heading: Heading = 'h3' }: { earlier: ItemShown['earlier']; heading?: 'h2' | 'h3' }) {
  return (
    <div>
      <Heading className="label">{say('moderation.earlier')}</Heading>
      {earlier.length === 0 ? <p className="meta">{say('moderation.earlier.none')}</p> : null}
      <ul className="grid gap-2">
        {earlier.map((decision) => (
          <li key={decision.id} className="meta">
            <Link to={paths.decision(decision.id)}>{say(`moderation.act.${decision.act}`)}</Link>, <RelativeTime at={decision.decidedAt} />
            <br />
            <bdi>{ruleWords(decision.rule, decision.clause)}</bdi>
            <br />
            <bdi className="whitespace-pre-line">{decision.facts}</bdi>
            {decision.why ? (
              <>
                <br />
                <bdi className="whitespace-pre-line">{decision.why}</bdi>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
