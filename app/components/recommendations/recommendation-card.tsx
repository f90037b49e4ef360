import { Link } from '@remix-run/react'
import { Byline, Who } from '~/app/components/people'
import { PostBody } from '~/app/components/threads'
import { ActionButton, Banner, ButtonLink, Hand, Icon, RelativeTime, ThumbsUp } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { DisputeRule } from '~/server/moderation/input'
import type { NAMING_RELATIONS, RecommendationShown } from '~/server/recommendations/types'
import { say } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'

/** As it comes from a loader: dates may have become strings. */
export type CardRecommendation = Omit<RecommendationShown, 'createdAt' | 'editedAt' | 'confirmedAt' | 'reply' | 'disputed'> & {
  disputed: { rule: DisputeRule; at: Date | string; dueAt: Date | string } | null
  createdAt: Date | string
  editedAt: Date | string | null
  confirmedAt: Date | string
  reply:
    | (Omit<NonNullable<RecommendationShown['reply']>, 'createdAt' | 'editedAt'> & {
        createdAt: Date | string
        editedAt: Date | string | null
      })
    | null
}

/** Above a form that is about it: without its own buttons. */
export const withoutActs = (recommendation: CardRecommendation): CardRecommendation => ({
  ...recommendation,
  may: Object.fromEntries(Object.keys(recommendation.may).map((act) => [act, false])) as CardRecommendation['may'],
})

/** The relation, what was received, who asked: beside the words wherever they stand. */
export function disclosureOf({
  relation,
  incentive,
  invitedBy,
}: Pick<CardRecommendation, 'incentive' | 'invitedBy'> & { relation: (typeof NAMING_RELATIONS)[number] }): string[] {
  return [
    say(`recommendation.relation.${relation}`),
    say(`recommendation.incentive.${incentive}`),
    say(`recommendation.invited.${invitedBy}`),
  ]
}

/** Whoever was drawn by the portal was asked, whatever else they say. */
const wasDrawn = ({ source }: CardRecommendation) => source === 'whole-list' || source === 'portal-sample'
const disclosed = (it: CardRecommendation) =>
  disclosureOf(it).filter((line) => !(wasDrawn(it) && line === say('recommendation.invited.nobody')))

/** What the portal knows of how it came to be written, where its author does not say it. */
function sourceOf(it: CardRecommendation): string | null {
  if (it.source === 'whole-list' || it.source === 'portal-sample') return say(`recommendation.source.${it.source}`)
  return it.source === 'incentivised' && it.incentive === 'none' ? say('recommendation.source.offered') : null
}

/** One recommendation under `page-vendor`: who says it and on what ground at the side, the words beside, the vendor's answer under them. */
export function RecommendationCard({
  recommendation: it,
  level = 3,
  linked = true,
}: {
  recommendation: CardRecommendation
  level?: 2 | 3
  linked?: boolean
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const headline = say('recommendation.card.headline', { headline: it.headline })
  return (
    <article className="rec" id={`recommendation-${it.id}`}>
      <div className="ctx">
        <Byline who={it.by} to={it.by.handle ? paths.person(it.by.handle) : undefined}>
          {it.named ? <RelativeTime at={it.createdAt} /> : <time dateTime={dayOf(it.createdAt)}>{sayChosenDay(it.createdAt)}</time>}
          {it.editedAt
            ? `, ${say('recommendation.card.edited', { day: it.named ? sayDay(it.editedAt) : sayChosenDay(it.editedAt) })}`
            : null}
        </Byline>
        {it.agedMonths === null ? null : <p className="meta strong">{say('recommendation.card.aged', { months: it.agedMonths })}</p>}
        <p className="meta">
          {[say(`recommendation.time.${it.timeUsed}`), say(`recommendation.again.${it.chooseAgain}`), ...disclosed(it)].map((line) => (
            <span className="block" key={line}>
              {line}
            </span>
          ))}
          {it.organisationSize && it.named ? <span className="block">{say(`recommendation.size.${it.organisationSize}`)}</span> : null}
          {it.named && it.industry ? <span className="block">{say(`recommendation.industry.${it.industry}`)}</span> : null}
          {it.named && it.authorRole ? <span className="block">{say(`recommendation.role.${it.authorRole}`)}</span> : null}
          {sourceOf(it) ? <span className="block">{sourceOf(it)}</span> : null}
          {it.evidence ? <b className="strong block">{say(`recommendation.evidence.${it.evidence}`)}</b> : null}
        </p>
        <Counts recommendation={it} />
      </div>
      <div className="min-w-0">
        {it.hiddenBy ? (
          <Banner kind="caution" end={<Link to={paths.decision(it.hiddenBy)}>{say('recommendation.card.why')}</Link>}>
            <p>{say('recommendation.card.hidden')}</p>
          </Banner>
        ) : null}
        {it.disputed ? (
          <div className="mb-4">
            <Banner
              kind="independent"
              end={
                it.mine || it.may.dispute || it.may.moderate ? <Link to={paths.dispute(it.id)}>{say('dispute.card.see')}</Link> : undefined
              }
            >
              <p>
                {say('dispute.card', {
                  ...{ vendor: it.vendor.name, rule: say(`moderation.rule.${it.disputed.rule}`) },
                  ...{ day: sayDay(it.disputed.at), due: sayDay(it.disputed.dueAt) },
                })}
              </p>
            </Banner>
          </div>
        ) : null}
        <Heading>
          <bdi>
            {linked ? (
              <Link className="no-underline hover:underline" to={paths.recommendation(it.id)}>
                {headline}
              </Link>
            ) : (
              headline
            )}
          </bdi>
        </Heading>
        <p className="meta mb-2 flex flex-wrap gap-x-4">
          <b className="strong">{say(`recommendation.verdict.${it.verdict}`)}</b>
          <span>{sayRich('recommendation.card.of', { name: it.product.name, product: (chunks) => <bdi>{chunks}</bdi> })}</span>
          {(['ease', 'support', 'value'] as const).map((name) =>
            it.ratings[name] === null ? null : (
              <span key={name} className="num">
                {say('recommendation.ratings', { name: say(`recommendation.dimension.${name}`), value: it.ratings[name] })}
              </span>
            ),
          )}
        </p>
        <div className="prose">
          <Words text={it.useCase} />
        </div>
        <div className="pros">
          <Point icon={ThumbsUp} label={say('recommendation.card.good')} text={it.whatIsGood} />
          <Point icon={Hand} label={say('recommendation.card.notGood')} text={it.whatIsNot} />
          {it.forWhom ? (
            <p>
              <span />
              <span className="whitespace-pre-line">
                <b className="strong">{say('recommendation.card.forWhom')}:</b> <bdi>{it.forWhom}</bdi>
              </span>
            </p>
          ) : null}
        </div>
        {it.reply ? (
          <div className="vreply">
            <p>
              <Who who={it.reply.by} to={it.reply.by.handle ? paths.person(it.reply.by.handle) : undefined} />{' '}
              <span className="meta">
                {say('recommendation.card.answered', { day: sayDay(it.reply.createdAt) })}
                {it.reply.editedAt ? (
                  <>
                    {', '}
                    <Link to={paths.recommendationVersions(it.id)}>
                      {say('recommendation.card.reply.edited', { day: sayDay(it.reply.editedAt) })}
                    </Link>
                  </>
                ) : null}
              </span>
            </p>
            <div className="mt-1.5">
              <PostBody html={it.reply.html} />
            </div>
          </div>
        ) : null}
        <Acts recommendation={it} />
      </div>
    </article>
  )
}

/** What it adds to the score, and why; or why nothing. */
function Counts({ recommendation: { counts, isPartner, conflict, source, evidence, hiddenBy } }: { recommendation: CardRecommendation }) {
  if (isPartner || conflict)
    return <p className="meta mt-2">{say(conflict ? `recommendation.counts.tie.${conflict}` : 'recommendation.counts.partner')}</p>
  if (!counts || !evidence) return hiddenBy ? null : <p className="meta mt-2">{say('recommendation.counts.untold')}</p>
  return (
    <details className="meta mt-2">
      <summary className="btn-text num w-fit">{say('recommendation.counts', { weight: digits(counts.weight) })}</summary>
      <ul className="mt-1 grid gap-0.5">
        <li>{say('recommendation.counts.factor', { what: say(`recommendation.source.${source}`), factor: digits(counts.source) })}</li>
        <li>
          {say('recommendation.counts.factor', { what: say(`recommendation.evidence.${evidence}`), factor: digits(counts.evidence) })}
        </li>
        <li>
          {say('recommendation.counts.factor', {
            what: say('recommendation.counts.age', { months: counts.months }),
            factor: digits(counts.recency),
          })}
        </li>
        <li>
          <Link to={`${paths.method()}#score`}>{say('vendors.method')}</Link>
        </li>
      </ul>
    </details>
  )
}

const dayOf = (at: Date | string) => new Date(at).toISOString().slice(0, 10)
const digits = (value: number) => value.toFixed(2)

function Acts({ recommendation: { id, may, mine } }: { recommendation: CardRecommendation }) {
  if (
    !may.askReference &&
    !may.flag &&
    !may.report &&
    !may.dispute &&
    !may.edit &&
    !may.reply &&
    !may.moderate &&
    !may.editReply &&
    !may.readVersions
  )
    return null
  return (
    <div className="btns mt-4">
      {may.askReference ? (
        <ButtonLink size="sm" to={paths.askReference(id)}>
          {say('reference.ask')}
        </ButtonLink>
      ) : null}
      {may.reply ? (
        <ButtonLink size="sm" to={paths.replyToRecommendation(id)}>
          {say('recommendation.card.reply')}
        </ButtonLink>
      ) : null}
      {may.editReply ? (
        <ButtonLink size="sm" to={paths.editReply(id)}>
          {say('recommendation.card.reply.edit')}
        </ButtonLink>
      ) : null}
      {mine && may.confirm ? (
        <ActionButton size="sm" action={paths.confirmRecommendation(id)} label={say('recommendation.confirm')} />
      ) : null}
      {may.readVersions ? (
        <ButtonLink variant="text" to={paths.recommendationVersions(id)}>
          {say('recommendation.card.versions')}
        </ButtonLink>
      ) : null}
      {mine && may.edit ? (
        <ButtonLink size="sm" to={paths.editRecommendation(id)}>
          {say('recommendation.card.edit')}
        </ButtonLink>
      ) : null}
      {mine && may.showEvidence ? (
        <ButtonLink size="sm" to={paths.showEvidence(id)}>
          {say('evidence.card.act')}
        </ButtonLink>
      ) : null}
      {may.dispute ? (
        <ButtonLink variant="text" to={paths.dispute(id)}>
          {say('dispute.card.act')}
        </ButtonLink>
      ) : null}
      {may.flag ? (
        <ButtonLink variant="text" to={paths.flag('recommendation', id)}>
          {say('recommendation.card.flag')}
        </ButtonLink>
      ) : null}
      {may.report ? (
        <ButtonLink variant="text" to={paths.report('recommendation', id)} rel="nofollow">
          {say('report.act')}
        </ButtonLink>
      ) : null}
      {may.moderate ? (
        <ButtonLink size="sm" variant="quiet" to={paths.decide('recommendation', id)}>
          {say('recommendation.card.moderate')}
        </ButtonLink>
      ) : null}
    </div>
  )
}

function Point({ icon, label, text }: { icon: typeof Hand; label: string; text: string }) {
  return (
    <p>
      <Icon of={icon} />
      <span className="whitespace-pre-line">
        <span className="hush">{label}: </span>
        <bdi>{text}</bdi>
      </span>
    </p>
  )
}

function Words({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((part, at) => (
        <p key={at} className="whitespace-pre-line" dir="auto">
          {part}
        </p>
      ))}
    </>
  )
}
