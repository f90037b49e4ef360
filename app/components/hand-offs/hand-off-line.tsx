import { Link } from '@remix-run/react'
import { Hourglass, State, TriangleAlert } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export type Shown = {
  id: string
  of: { kind: 'account' | 'relationship'; id: string; name: string }
  from: { displayName: string } | null
  to: { displayName: string } | null
  dueAt: Date | string
  zone: string | null
  late: boolean
}

/** What changes hands, with the way to it. */
export function OfWhat({ of }: Pick<Shown, 'of'>) {
  return (
    <Link to={of.kind === 'account' ? paths.accountPage(of.id) : paths.relationship(of.id)}>
      <bdi className="wrap-anywhere">{of.name}</bdi>
    </Link>
  )
}

export function DueLine({ handOff: { dueAt, zone, late } }: { handOff: Pick<Shown, 'dueAt' | 'zone' | 'late'> }) {
  return (
    <>
      {late ? (
        <State kind="bad" icon={TriangleAlert}>
          {say('handOff.late', { moment: sayMoment(dueAt) })}
        </State>
      ) : (
        <State kind="wait" icon={Hourglass}>
          {say('handOff.due', { moment: sayMoment(dueAt) })}
        </State>
      )}{' '}
      <span className="meta">{zone ? say('handOff.byHours', { zone }) : say('handOff.allHours')}</span>
    </>
  )
}

/** On the page of what changes hands: to whom, and by when. */
export function Running({ handOff }: { handOff: Shown }) {
  return (
    <p className="m-0">
      <Link to={paths.handOff(handOff.id)}>{say('handOff.goesTo', { to: handOff.to?.displayName ?? say('relationships.nobody') })}</Link>
      <span className="mt-1 block">
        <DueLine handOff={handOff} />
      </span>
    </p>
  )
}
