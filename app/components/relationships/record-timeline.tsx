import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { About, EntryShown } from '~/server/relationships'
import { hasWords, say, type WordKey } from '~/words'
import { sayChosenDay } from '~/words/dates'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { fieldsInWords } from '../vault'
import { TwoRailTimeline, type TimelineEntry } from './two-rail-timeline'

const SIDES = { theirs: 'member', ours: 'vendor', independent: 'independent' } as const

/** What happened between a person and a vendor, told alike to both. */
/** Of a company, each of its people is named: their records are several. */
export function RecordTimeline({
  entries,
  member,
  vendor,
  us,
  ofMany,
}: {
  entries: EntryShown[]
  member: string
  vendor: string
  us: string
  ofMany?: boolean
}) {
  if (entries.length === 0) return <p className="meta">{say('relationships.happenedNone')}</p>
  const drawn: TimelineEntry[] = entries.map((entry) => ({
    id: entry.id,
    side: SIDES[entry.side],
    who: { theirs: ofMany ? (entry.actor?.displayName ?? member) : member, ours: vendor, independent: say('relationships.independent') }[
      entry.side
    ],
    at: entry.at,
    what: sentence(entry),
  }))
  const legend = {
    member,
    vendor: us,
    independent: entries.some((entry) => entry.side === 'independent') ? say('relationships.independent') : undefined,
  }
  return <TwoRailTimeline entries={drawn} legend={legend} label={say('relationships.happened')} />
}

function sentence(entry: EntryShown): ReactNode {
  const key = `relationships.event.${entry.side === 'theirs' ? 'theirs' : 'other'}.${entry.kind}`
  const known: WordKey = hasWords(key) ? key : 'relationships.event.something'
  const who = entry.actor?.displayName ?? say(entry.side === 'independent' ? 'relationships.theSystem' : 'relationships.somebody')
  return sayRich(known, { who: <bdi>{who}</bdi>, about: about(entry.about, entry.kind) })
}

function about(it: About | null, kind: EntryShown['kind']): ReactNode {
  switch (it?.kind) {
    case 'thread':
      return (
        <Link to={paths.thread(it.slug, it.number, it.title)}>
          <bdi>{it.title}</bdi>
        </Link>
      )
    case 'community':
      return <Link to={paths.community(it.slug)}>{it.title}</Link>
    case 'recommendation':
      return <Link to={paths.recommendation(it.id)}>{it.title}</Link>
    case 'grant':
      if (kind === 'vault.read') return fieldsInWords(it.keys)
      return say('relationships.about.grant', {
        fields: fieldsInWords(it.keys),
        purpose: say(`relationships.purpose.${it.purpose}`),
        date: sayChosenDay(it.until),
      })
    case 'state':
      return say(`relationships.state.named.${it.state}`)
    case 'field':
      return fieldsInWords([it.key])
    case 'words':
      return <bdi>{it.title}</bdi>
    default:
      return <span className="faint">{say('relationships.withheldTitle')}</span>
  }
}
