import { Link } from '@remix-run/react'
import { Building2, Check, Hush, Icon, Lock, Scale, State } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say, sayNumber } from '~/words'
import { sayHours } from './hours'

export type RoomShown = {
  slug: string
  name: string
  summary: string
  access: 'open' | 'request' | 'invitation'
  host: string | null
  memberCount: number
  solvedShare: number | null
  firstAnswerHours: number | null
  member: boolean
}

/** The vendor that hosts a room, or that nobody does. */
export function KeptBy({ host }: { host: string | null }) {
  return (
    <span className={`seat seat-${host ? 'v' : 'i'} seat-known`}>
      <Icon of={host ? Building2 : Scale} />
      <bdi>{host ?? say('communities.independent')}</bdi>
    </span>
  )
}

/** Rooms with what they are like: who keeps them, how many belong, how questions fare. Stands under `rooms`. */
export function RoomTable({ rooms }: { rooms: RoomShown[] }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">{say('communities.room')}</th>
          <th scope="col">{say('communities.keptBy')}</th>
          <th scope="col" className="r">
            {say('communities.members')}
          </th>
          <th scope="col" className="r">
            {say('communities.solved')}
          </th>
          <th scope="col" className="r">
            {say('communities.firstAnswer')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rooms.map((room) => (
          <tr key={room.slug}>
            <td>
              <Link to={paths.community(room.slug)} prefetch="intent">
                <bdi>{room.name}</bdi>
              </Link>
              <p dir="auto">{room.summary}</p>
              {room.access === 'open' && !room.member ? null : (
                <p className="meta flex flex-wrap gap-x-3">
                  {room.access === 'open' ? null : <State icon={Lock}>{say(`communities.access.${room.access}`)}</State>}
                  {room.member ? (
                    <State kind="ok" icon={Check}>
                      {say('communities.joined')}
                    </State>
                  ) : null}
                </p>
              )}
            </td>
            <td className="host">
              <KeptBy host={room.host} />
            </td>
            <td className="r num">
              <span className="narrow-only">{say('communities.narrow.members', { count: room.memberCount })}</span>
              <span className="wide-only">{sayNumber(room.memberCount)}</span>
            </td>
            <td className="r num">
              {room.solvedShare === null ? (
                <span className="wide-only text-ink-faint">
                  <span aria-hidden="true">–</span>
                  <Hush>{say('communities.tooFew')}</Hush>
                </span>
              ) : (
                <>
                  <span className="narrow-only">{say('communities.narrow.solved', { share: room.solvedShare })}</span>
                  <span className="wide-only">{say('communities.share', { share: room.solvedShare })}</span>
                </>
              )}
            </td>
            <td className="r num">
              <span className="wide-only">
                {room.firstAnswerHours === null ? (
                  <span className="text-ink-faint">
                    <span aria-hidden="true">–</span>
                    <Hush>{say('communities.tooFew')}</Hush>
                  </span>
                ) : (
                  sayHours(room.firstAnswerHours)
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
