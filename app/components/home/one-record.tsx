import { Building2, Eye, EyeOff, History, Icon, KeyRound, Lock, Handshake, UserRound } from '~/app/components/ui'
import { say } from '~/words'

const LINES = [
  { day: 'home.table.1.day', member: 'home.table.1.member', vendor: 'home.table.1.vendor', icons: [Eye, KeyRound] },
  { day: 'home.table.2.day', member: 'home.table.2.member', vendor: 'home.table.2.vendor', icons: [History, Eye] },
  { day: 'home.table.3.day', member: 'home.table.3.member', vendor: 'home.table.3.vendor', icons: [EyeOff, Lock] },
  { day: 'home.table.4.day', member: 'home.table.4.member', vendor: 'home.table.4.vendor', icons: [Handshake, Handshake] },
] as const

/** What a relationship record is, shown by an example: one record, read from two sides of a table. */
export function OneRecord() {
  return (
    <figure className="table" aria-labelledby="one-record">
      <div className="heads">
        <h2 className="m-h">
          <Icon of={UserRound} />
          {say('home.table.member')}
        </h2>
        <p className="meta">{say('home.table.record')}</p>
        <h2 className="v-h">
          <Icon of={Building2} />
          {say('home.table.vendor')}
        </h2>
      </div>
      <ol>
        {LINES.map(({ day, member, vendor, icons: [mine, theirs] }) => (
          <li key={day}>
            <p className="say m">
              <Icon of={mine} />
              <span>{say(member)}</span>
            </p>
            <p className="mid">
              <time>{say(day)}</time>
            </p>
            <p className="say v">
              <Icon of={theirs} />
              <span>{say(vendor)}</span>
            </p>
          </li>
        ))}
      </ol>
      <figcaption className="meta" id="one-record">
        {say('home.table.caption')}
      </figcaption>
    </figure>
  )
}
