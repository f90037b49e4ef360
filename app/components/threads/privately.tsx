import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { Icon, Label, Lock } from '../ui'

export type Privately = { vendor: string; offeredAt: Date | string; continuedAt: Date | string | null; cameBackAt: Date | string | null }

/** Under a question: that it goes on between its asker and a vendor, and whether an answer came back. Nothing of what is said. */
export function PrivateLines({ privately }: { privately: Privately[] }) {
  return privately.map(({ vendor, offeredAt, continuedAt, cameBackAt }) => (
    <Privacy key={`${vendor} ${String(offeredAt)}`}>
      {continuedAt
        ? say('case.public.continued', { vendor, day: sayDay(continuedAt) })
        : say('case.public.offered', { vendor, day: sayDay(offeredAt) })}
      {cameBackAt ? `; ${say('case.public.cameBack', { day: sayDay(cameBackAt) })}` : null}
    </Privacy>
  ))
}

/** A word about what is private: it may be long, and breaks where it must. */
export function Privacy({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-start gap-1.5">
      <Icon of={Lock} className="mt-0.5 shrink-0" />
      <span className="wrap-anywhere">{children}</span>
    </span>
  )
}

type Thread = {
  number: number
  ownCase: string | null
  askerRecord: string | null
  concernedVendorName: string | null
  opening: { mine: boolean; by: { displayName: string } | null }
  may: { openCase: boolean }
}

/** From a question to what its asker shares with the vendor: to ask for a field where it is needed. */
export function AskOfAsker({ thread: { number, askerRecord, opening } }: { thread: Thread }) {
  if (!askerRecord) return null
  return (
    <section>
      <Label level={2}>{say('relationships.theirs', { name: opening.by?.displayName ?? '' })}</Label>
      <p className="grid justify-items-start gap-1">
        <Link className="underline" to={paths.askForFields(askerRecord, number)}>
          {say('vault.asking.link')}
        </Link>
        <Link className="underline" to={paths.relationship(askerRecord)}>
          {say('relationships.record')}
        </Link>
      </p>
    </section>
  )
}

/** The way into the private case, for its two sides. */
export function PrivateWay({ thread: { number, ownCase, concernedVendorName, opening, may } }: { thread: Thread }) {
  if (!ownCase && !may.openCase) return null
  const label = ownCase
    ? say('case.act.see')
    : opening.mine
      ? say('case.act.withVendor', { vendor: concernedVendorName ?? '' })
      : say('case.act.withAsker', { name: opening.by?.displayName ?? '' })
  return (
    <section>
      <Label level={2}>{say('case.rail')}</Label>
      <p>
        <Link className="underline" to={ownCase ? paths.caseOf(ownCase) : paths.openCase(number)}>
          {label}
        </Link>
      </p>
    </section>
  )
}
