import { Link } from '@remix-run/react'
import { Part } from '~/app/components/relationships'
import { ButtonLink, Check, Circle, Rows, Section, State } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayChosenDay, sayDate } from '~/words/dates'

type Moment = Date | string
export type PlanStep = {
  id: string
  side: 'ours' | 'theirs'
  stageId: string | null
  what: string
  due: string | null
  doneAt: Moment | null
  by: string | null
  evidence: string
  link: string
}
export type PlanShown = {
  commitments: PlanStep[]
  steps: PlanStep[]
  dates: { day: string; reason: string; at: Moment }[]
  people: { who: string | null; company: string; accepted: boolean }[]
  today: string
}
type Props = { plan: PlanShown; company: string; vendor: string; mayTick: (step: PlanStep) => boolean; isStaff?: boolean }

/** What both sides read: what the customer commits to, and what each side does by when. */
export function Plan({ plan, company, vendor, mayTick, isStaff }: Props) {
  const row = (step: PlanStep) => (
    <StepRow key={step.id} step={step} today={plan.today} company={company} vendor={vendor} may={mayTick(step)} isStaff={isStaff} />
  )
  return (
    <div className="grid gap-9">
      <Section title={say('plan.commitments', { company })} id="commitments" className="[&_h2]:text-prose">
        <p className="soft mb-2">{say('plan.commitments.why', { company })}</p>
        <Rows ordered>{plan.commitments.map(row)}</Rows>
      </Section>
      <Section title={say('plan.steps')} id="steps" className="[&_h2]:text-prose">
        {plan.steps.length === 0 ? <p className="soft">{say('plan.steps.none')}</p> : <Rows>{plan.steps.map(row)}</Rows>}
      </Section>
    </div>
  )
}

type RowProps = { step: PlanStep; today: string; company: string; vendor: string; may: boolean; isStaff?: boolean }

function StepRow({ step, today, company, vendor, may, isStaff }: RowProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-2.5">
      <div className="min-w-0 grow basis-[16rem]">
        <State kind={step.doneAt ? 'ok' : 'off'} icon={step.doneAt ? Check : Circle}>
          {step.doneAt ? say('plan.step.done') : say('plan.step.open')}
        </State>
        <p className="m-0 wrap-anywhere">
          <bdi>{step.what}</bdi>
        </p>
        <p className="meta">
          {step.stageId ? null : say(`plan.side.${step.side}`, { company, vendor })}
          {step.due && !step.doneAt
            ? `, ${say(step.due < today ? 'opportunity.overdue' : 'opportunity.due', { date: sayChosenDay(step.due) })}`
            : null}
        </p>
        {step.doneAt ? <Shown step={step} at={step.doneAt} /> : null}
      </div>
      {step.doneAt ? null : may ? (
        <ButtonLink size="sm" to={paths.step(step.id)} aria-label={say('plan.step.doNamed', { what: step.what })}>
          {say('plan.step.do')}
        </ButtonLink>
      ) : isStaff && step.stageId ? (
        <Link className="meta" to={paths.step(step.id)} aria-label={`${say('plan.step.why')} ${step.what}`}>
          {say('plan.step.why')}
        </Link>
      ) : null}
    </li>
  )
}

function Shown({ step, at }: { step: PlanStep; at: Moment }) {
  return (
    <>
      <p className="meta">{say('plan.step.doneBy', { who: step.by ?? say('relationships.somebody'), date: sayDate(at) })}</p>
      {step.evidence ? (
        <p className="m-0 wrap-anywhere whitespace-pre-line">
          <bdi>{step.evidence}</bdi>
        </p>
      ) : null}
      {step.link ? (
        <p className="m-0 wrap-anywhere">
          <a href={step.link} rel="nofollow noopener noreferrer ugc">
            {step.link}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** The days before the one that stands, and why each moved. */
export function EarlierDays({ dates }: Pick<PlanShown, 'dates'>) {
  const moves = dates.flatMap((date, nth) => {
    const before = dates[nth + 1]
    return before ? [{ day: before.day, reason: date.reason, at: date.at }] : []
  })
  return moves.length > 0 ? (
    <Part title={say('opportunity.moved')}>
      <ul>
        {moves.map((move) => (
          <li key={String(move.at)} className="border-t border-hairline py-2 first:border-0">
            {say('opportunity.moved.from', { day: sayChosenDay(move.day), date: sayDate(move.at) })}
            <span className="meta block wrap-anywhere">
              <bdi>{move.reason}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  ) : null
}

export function PlanPeople({ people, company }: { people: PlanShown['people']; company: string }) {
  return people.length === 0 ? (
    <p className="soft">{say('plan.people.none')}</p>
  ) : (
    <ul>
      {people.map((one, nth) => (
        <li key={nth} className="border-t border-hairline py-2 first:border-0">
          <b>
            <bdi className="wrap-anywhere">{one.who ?? say('relationships.somebody')}</bdi>
          </b>
          <span className="meta block">{one.accepted ? say('plan.people.speaks', { company }) : say('plan.people.waiting')}</span>
        </li>
      ))}
    </ul>
  )
}
