import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Portrait } from './portrait'
import { Seat, sideOf, type HandleInfo } from './seat'

type Props = {
  who: HandleInfo
  /** Where the name leads; plain without. */
  to?: string
  short?: boolean
}

/** A name and its seat, in a line. */
export function Who({ who, to, short }: Props) {
  const name = <bdi>{who.displayName}</bdi>
  return (
    <span className="who">
      <b>{to ? <Link to={to}>{name}</Link> : name}</b>
      {who.placeholder ? null : <Seat seat={who.seat} short={short} />}
    </span>
  )
}

/** Portrait, name and seat, and a line of meta below (`asked on 9 November`). */
export function Byline({ who, to, short, end, children }: Props & { end?: ReactNode; children?: ReactNode }) {
  return (
    <div className="byline">
      <Portrait name={who.displayName} side={sideOf(who.seat)} />
      <div className="grow">
        <p>
          <Who who={who} to={to} short={short} />
        </p>
        {children ? <p className="meta">{children}</p> : null}
      </div>
      {end}
    </div>
  )
}
