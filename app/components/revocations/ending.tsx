import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import type { EndingShown } from '~/server/revocations'
import { say, sayList } from '~/words'
import { sayChosenDay, sayDate, sayDay, sayTime } from '~/words/dates'
import { ButtonLink, Check, CircleCheck, Hourglass, Lock, Section, State, TriangleAlert } from '../ui'

/** What followed the end of a grant, each line with what proves it. */
export function Ending({ grantId, vendor, ending }: { grantId: string; vendor: string; ending: EndingShown }) {
  const when = { date: sayDate(ending.at), time: sayTime(ending.at) }
  return (
    <Section title={say('revocation.title')} id="ending" side="independent" className="mt-10 max-w-[44rem]">
      <ol>
        <Line
          state={
            <State kind="ok" icon={CircleCheck}>
              {say(`revocation.ended.${ending.how}`, when)}
            </State>
          }
          end={
            <>
              {ending.signed ? (
                <ButtonLink size="sm" reloadDocument to={paths.endingFile(grantId)}>
                  {say('revocation.signed')}
                </ButtonLink>
              ) : (
                <span className="meta">{say('revocation.soon')}</span>
              )}
              <ButtonLink size="sm" variant="quiet" reloadDocument to={paths.accessProof(ending.id)}>
                {say('revocation.proof')}
              </ButtonLink>
            </>
          }
        >
          {say('revocation.ended.why', { nth: ending.nth })}
        </Line>
        <Line
          state={
            ending.firstRefused ? (
              <State icon={Lock}>
                {say('revocation.refused', {
                  who: ending.firstRefused.by?.displayName ?? vendor,
                  date: sayDay(ending.firstRefused.at),
                  time: sayTime(ending.firstRefused.at),
                })}
              </State>
            ) : (
              <State icon={Lock}>{say('revocation.refused.none', { vendor })}</State>
            )
          }
          end={
            ending.firstRefused ? (
              <ButtonLink size="sm" variant="quiet" reloadDocument to={paths.accessProof(ending.firstRefused.id)}>
                {say('revocation.refused.proof')}
              </ButtonLink>
            ) : null
          }
        >
          {ending.firstRefused ? say('revocation.refused.why', { times: ending.refusals }) : null}
        </Line>
        <Line
          state={
            <State kind={ending.reads === 0 ? 'ok' : 'bad'} icon={ending.reads === 0 ? Check : TriangleAlert}>
              {say('revocation.reads', { count: ending.reads })}
            </State>
          }
          end={
            <>
              <ButtonLink size="sm" reloadDocument to={paths.readsSince(grantId)}>
                {say('revocation.statement')}
              </ButtonLink>
              <Link className="meta" to={paths.verify()}>
                {say('revocation.check')}
              </Link>
            </>
          }
        >
          {say('revocation.reads.why')}
        </Line>
        {ending.deletion ? <Deletion vendor={vendor} deletion={ending.deletion} /> : null}
      </ol>
    </Section>
  )
}

function Deletion({ vendor, deletion }: { vendor: string; deletion: NonNullable<EndingShown['deletion']> }) {
  const due = sayChosenDay(deletion.dueAt)
  if (deletion.doneAt)
    return (
      <Line
        state={
          <State kind="ok" icon={CircleCheck}>
            {say('revocation.deleted', { who: deletion.doneBy?.displayName ?? vendor, date: sayDate(deletion.doneAt) })}
          </State>
        }
      >
        <bdi className="wrap-anywhere whitespace-pre-line">{deletion.words}</bdi>
      </Line>
    )
  return (
    <Line
      state={
        deletion.state === 'overdue' ? (
          <State kind="bad" icon={TriangleAlert}>
            {say('revocation.deletion.overdue', { vendor, due })}
          </State>
        ) : (
          <State kind="wait" icon={Hourglass}>
            {say('revocation.deletion.asked', { vendor, due })}
          </State>
        )
      }
    >
      {say('revocation.deletion.why')}
      {deletion.thirdParties.length > 0
        ? ` ${say('revocation.deletion.thirdParties', { vendor, names: sayList(deletion.thirdParties) })}`
        : null}
    </Line>
  )
}

function Line({ state, end, children }: { state: ReactNode; end?: ReactNode; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-hairline py-3.5 first:border-0 first:pt-0">
      <div className="min-w-0 max-w-[26rem]">
        <p className="[&_.state]:whitespace-normal">{state}</p>
        {children ? <p className="soft mt-1">{children}</p> : null}
      </div>
      {end ? <div className="btns items-center">{end}</div> : null}
    </li>
  )
}
