import type { MeetingShown } from '~/server/relationships'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

/** What came of meetings, newest first, as both sides read it. */
export function Meetings({ meetings }: { meetings: MeetingShown[] }) {
  if (meetings.length === 0) return <p className="meta">{say('relationships.meetings.none')}</p>
  return (
    <ul>
      {meetings.map(({ id, heldOn, outcome, by }) => (
        <li key={id} className="border-t border-hairline py-2 first:border-0">
          <p className="wrap-anywhere whitespace-pre-line">
            <bdi>{outcome}</bdi>
          </p>
          <p className="meta">
            {say('relationships.meetings.by', { who: by?.displayName ?? say('relationships.somebody'), date: sayChosenDay(heldOn) })}
          </p>
        </li>
      ))}
    </ul>
  )
}
