import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { DisputeRule } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { ActionButton, ButtonLink } from '../ui'
import type { CardRecommendation } from './recommendation-card'

type Shown = {
  rule: DisputeRule
  createdAt: Date | string
  dueAt: Date | string
  outcome: 'upheld' | 'declined' | 'dropped' | 'withdrawn' | null
  endedAt: Date | string | null
  decisionId: string | null
  /** Null: not for this reader. */
  said: string | null
  proof: string | null
}

/** One dispute as its two sides and those who decide see it: what is said, how use is shown, and what became of it. */
export function DisputeState({
  dispute,
  recommendation: it,
  may,
}: {
  dispute: Shown
  recommendation: CardRecommendation
  may: { drop: boolean; prove: boolean }
}) {
  const heading = `dispute-${dispute.rule}`
  return (
    <section className="sect sect-v mt-8 max-w-[46rem]" aria-labelledby={heading}>
      <h2 id={heading}>{say(`moderation.rule.${dispute.rule}`)}</h2>
      <p className="meta mt-1">
        {say('dispute.since', { vendor: it.vendor.name, day: sayDay(dispute.createdAt) })}{' '}
        {dispute.outcome === null
          ? say('dispute.due', { day: sayDay(dispute.dueAt) })
          : say(`dispute.outcome.${dispute.outcome}`, { day: sayDay(dispute.endedAt ?? dispute.dueAt) })}{' '}
        {dispute.decisionId ? <Link to={paths.decision(dispute.decisionId)}>{say('thread.statement')}</Link> : null}
      </p>
      {dispute.said === null ? null : <Words label={say('dispute.said.by', { vendor: it.vendor.name })} text={dispute.said} />}
      {dispute.proof === null ? null : <Words label={say('dispute.proof.private')} text={dispute.proof} />}
      {may.prove || may.drop ? (
        <div className="btns mt-4">
          {may.prove ? (
            <ButtonLink variant={dispute.proof === null ? 'primary' : undefined} to={paths.proveUse(it.id)}>
              {say(dispute.proof === null ? 'dispute.prove' : 'dispute.prove.better')}
            </ButtonLink>
          ) : null}
          {may.drop ? <ActionButton action={paths.dropDispute(it.id)} label={say('dispute.drop')} /> : null}
        </div>
      ) : null}
    </section>
  )
}

function Words({ label, text }: { label: string; text: string }) {
  return (
    <div className="prose mt-4">
      <p className="whitespace-pre-line">
        <span className="meta block">{label}</span>
        <bdi>{text}</bdi>
      </p>
    </div>
  )
}
