import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paths } from '~/app/paths'
import type { EvidenceRow } from '~/server/insight'
import { say } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'

type Row = Omit<EvidenceRow, 'at'> & { at: Date | string | null }

/** The rows that a number opens to. */
export function Evidence({ rows, vendorSlug }: { rows: Row[]; vendorSlug: string }) {
  return (
    <ul>
      {rows.map((row, nth) => (
        <li key={nth} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 border-t border-hairline py-1.5 first:border-0">
          <span className="min-w-0">{whatItIs(row, vendorSlug)}</span>
          <span className="meta">{howItStands(row)}</span>
        </li>
      ))}
    </ul>
  )
}

const linked = (to: string | null, words: string): ReactNode =>
  to ? (
    <Link to={to}>
      <bdi className="wrap-anywhere">{words}</bdi>
    </Link>
  ) : (
    <bdi className="wrap-anywhere">{words}</bdi>
  )

function whatItIs(row: Row, vendorSlug: string): ReactNode {
  const who = row.contact ? linked(paths.contactPage(vendorSlug, row.contact.id), row.contact.name) : say('health.row.somebody')
  switch (row.measure) {
    case 'active':
      return who
    case 'roles':
      return (
        <>
          {who} <span className="meta">{row.part ? say(`account.part.${row.part}`) : null}</span>
        </>
      )
    case 'commitments':
      return linked(row.opportunity ? paths.opportunity(row.opportunity) : null, row.words ?? '')
    case 'questions':
      return linked(row.thread ? paths.thread(row.thread.slug, row.thread.number) : null, row.words ?? say('health.row.elsewhere'))
    case 'recommendations':
      return linked(row.recommendation ? paths.recommendation(row.recommendation) : null, row.words ?? '')
  }
}

function howItStands({ measure, at, due, n, good, contact, part }: Row): string {
  switch (measure) {
    case 'active':
      return say('health.row.active', { days: n ?? 0 })
    case 'roles':
      if (!good && due) return say('health.row.left', { date: sayChosenDay(due) })
      return at && contact && part ? say('health.row.seen', { when: sayDay(at) }) : say('health.row.unseen')
    case 'commitments':
      if (!at) return say('health.row.open', { date: sayChosenDay(due ?? '') })
      return say(good ? 'health.row.kept' : 'health.row.late', { date: sayChosenDay(due ?? '') })
    case 'questions':
      return say(good ? 'health.row.satisfied' : 'health.row.unanswered')
    case 'recommendations':
      return say('health.row.verdict', { verdict: n ?? 0 })
  }
}
