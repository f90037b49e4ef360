import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { InNeed, Need } from '~/server/relationships'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'
import { Hourglass, RelativeTime, State, TriangleAlert } from '../ui'
import { fieldInWords } from '../vault'

/** Those who need the viewer, each with the reasons and where to see to them. */
export function WhoNeeds({ people }: { people: InNeed[] }) {
  if (people.length === 0) return <p className="soft">{say('relationships.needs.none')}</p>
  return (
    <ul className="rows">
      {people.map(({ relationshipId, member, needs }) => (
        <li key={relationshipId} className="grid gap-x-6 gap-y-2 border-t border-hairline py-3.5 md:grid-cols-[12rem_minmax(0,1fr)]">
          <b className="wrap-anywhere">
            <Link to={paths.relationship(relationshipId)}>
              <bdi>{member?.displayName ?? say('relationships.somebody')}</bdi>
            </Link>
          </b>
          <ul className="grid gap-2">
            {needs.map((need, nth) => (
              <li key={nth} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                <Link to={placeOf(relationshipId, need)} className="wrap-anywhere">
                  <bdi>{sayNeed(need)}</bdi>
                </Link>
                <When need={need} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

type AccountNeed = {
  taskId: string
  accountId: string
  name: string
  kind: 'by-hand' | 'new-champion'
  what: string
  due: string
  late: boolean
}

/** Companies for which the viewer has something to do. */
export function AccountsInNeed({ accounts }: { accounts: AccountNeed[] }) {
  return (
    <ul className="rows">
      {accounts.map(({ taskId, accountId, name, kind, what, due, late }) => (
        <li key={taskId} className="grid gap-x-6 gap-y-2 border-t border-hairline py-3.5 md:grid-cols-[12rem_minmax(0,1fr)]">
          <b className="wrap-anywhere">
            <Link to={paths.accountPage(accountId)}>
              <bdi>{name}</bdi>
            </Link>
          </b>
          <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <Link
              to={kind === 'by-hand' ? `${paths.accountPage(accountId)}#tasks` : paths.accountHealth(accountId)}
              className="wrap-anywhere"
            >
              <bdi>{kind === 'by-hand' ? what : say(`account.task.${kind}`)}</bdi>
            </Link>
            <Due due={due} late={late} />
          </p>
        </li>
      ))}
    </ul>
  )
}

function When({ need: { due, late, since } }: { need: Need }) {
  if (!due)
    return (
      <span className="meta nowrap">
        <RelativeTime at={since} />
      </span>
    )
  return <Due due={due} late={late} />
}

function Due({ due, late }: { due: Date | string; late: boolean }) {
  return (
    <State kind={late ? 'bad' : 'wait'} icon={late ? TriangleAlert : Hourglass}>
      {say(late ? 'relationships.needs.late' : 'relationships.needs.due', { due: sayChosenDay(due) })}
    </State>
  )
}

function sayNeed({ kind, words }: Need): string {
  const about = words ?? say('relationships.withheldTitle')
  return say(`relationships.needs.${kind}`, { about: kind === 'why' ? fieldInWords(about) : about })
}

function placeOf(relationshipId: string, { kind, caseId, thread }: Need): string {
  if (caseId) return paths.caseOf(caseId)
  if (thread) return paths.thread(thread.slug, thread.number)
  return `${paths.relationship(relationshipId)}#${kind === 'commitment' ? 'tasks' : 'contests'}`
}
