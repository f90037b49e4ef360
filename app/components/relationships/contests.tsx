import type { ReactNode } from 'react'
import { nameOfField } from '~/app/components/vault'
import type { ContestShown } from '~/server/relationships'
import type { OwnNames } from '~/server/vault'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

/** What the person contests, and what the vendor answered. */
export function Contests({
  contests,
  waiting,
  names = {},
}: {
  contests: ContestShown[]
  waiting: (contest: ContestShown) => ReactNode
  names?: OwnNames
}) {
  if (contests.length === 0) return <p className="soft">{say('relationships.contested.none')}</p>
  return (
    <ul>
      {contests.map((contest) => (
        <li key={contest.id} className="border-t border-hairline py-2.5 first:border-0 first:pt-0">
          <p className="font-medium wrap-anywhere">
            <bdi>
              {contest.kind === 'why'
                ? say('relationships.why.asked', { field: nameOfField(contest.about, names[contest.about]) })
                : contest.about}
            </bdi>
          </p>
          {contest.body ? (
            <p className="wrap-anywhere whitespace-pre-line">
              <bdi>{contest.body}</bdi>
            </p>
          ) : null}
          <p className="meta">
            {say(contest.kind === 'why' ? 'relationships.why.on' : 'relationships.contested.on', { date: sayDay(contest.at) })}{' '}
            {contest.answeredAt
              ? null
              : say(contest.late ? 'relationships.why.late' : 'relationships.why.due', { date: sayDay(contest.dueAt) })}
          </p>
          {contest.answer && contest.answeredAt ? (
            <div className="mt-2 border-s-2 border-vendor-line ps-3">
              <p className="meta">
                {say('relationships.contested.answered', {
                  who: contest.answeredBy?.displayName ?? say('relationships.somebody'),
                  date: sayDay(contest.answeredAt),
                })}
              </p>
              <p className="wrap-anywhere whitespace-pre-line">
                <bdi>{contest.answer}</bdi>
              </p>
            </div>
          ) : (
            waiting(contest)
          )}
        </li>
      ))}
    </ul>
  )
}
