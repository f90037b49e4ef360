import { fateOf, idsIn, type KnownRow, type KnownRows, leadsTo } from './known-rows'
import { isRoleMailbox } from '~/server/identity'
import { domain, isShared, mailbox, organisationName, phone, squashed } from './likeness'
import type { Values } from './mapping'
import type { Field, Kind } from './shapes'
import type { Fate, Reason, RowFate, RowName } from './types'
import { amount, basisIn, dateTrouble, isYes, unreadable } from './values'

type Decided = Pick<RowFate, 'fate' | 'because' | 'of' | 'perhaps'>

/** What becomes of one row. Organisations are asked for first, then those that point to them. */
export function decide(kind: Kind, values: Values, at: KnownRow, known: KnownRows, basisOfAll: boolean): Decided {
  const broken = unreadable(values) ?? (isNameless(kind, values) ? 'noName' : undefined)
  if (broken) return because('refused', broken)
  const became = becomes(kind, values, at, known)
  if (became) return sameAs(at, became.row, became.because)
  if (isYes(values.deleted)) return because('refused', 'deleted')
  const sameIdAs = values.id ? known.of(kind, values.id) : undefined
  if (sameIdAs && (sameIdAs.file !== at.file || sameIdAs.row !== at.row)) return sameAs(at, sameIdAs, 'id')
  switch (kind) {
    case 'organisation':
      return ofOrganisation(values, at, known)
    case 'person':
      return ofPerson(values, at, known, basisOfAll)
    case 'opportunity':
      return ofOpportunity(values, known)
    case 'affiliation':
      return heldFor([...pointing(known, 'person', values.person, true), ...pointing(known, 'organisation', values.organisation, true)])
    case 'activity':
      return ofActivity(values, known)
    case 'product':
      return because('made')
  }
}

function ofOrganisation(values: Values, at: KnownRow, known: KnownRows): Decided {
  const held = values.parent && !known.of('organisation', values.parent) ? (['parentUnknown'] as const) : []
  const host = values.domain ? domain(values.domain) : undefined
  // A branch shares the domain of its parent and is not the same.
  const certain = host && !isShared(host) && !values.parent
  const alike = host ? known.firstThatLooks(`domain ${host}`, at) : undefined
  if (alike && certain) return sameAs(at, alike, 'domain')
  const namesake = values.name ? known.firstThatLooks(`organisation ${organisationName(values.name)}`, at) : undefined
  return { ...heldFor([...held]), ...perhaps(host && !isShared(host) ? alike : undefined, 'domain'), ...perhaps(namesake, 'name') }
}

function ofPerson(values: Values, at: KnownRow, known: KnownRows, basisOfAll: boolean): Decided {
  const box = values.email ? mailbox(values.email) : undefined
  if (values.email && !box) return because('refused', 'emailMalformed')
  const same = box === undefined ? undefined : known.firstThatLooks(`mailbox ${box}`, at)
  const isSharedBox = box !== undefined && isRoleMailbox(box)
  if (same && !isSharedBox) return sameAs(at, same, 'email')
  const number = values.phone ? phone(values.phone) : undefined
  const name = squashed(values.name ?? `${values.givenName ?? ''}${values.familyName ?? ''}`)
  const house = idsIn(values.organisation)[0] ?? squashed(values.organisationName ?? '')
  const sameNumber = number ? known.firstThatLooks(`phone ${number}`, at) : undefined
  const namesake = name && house ? known.firstThatLooks(`person ${name} ${house}`, at) : undefined
  const doubts = { ...perhaps(sameNumber, 'phone'), ...perhaps(namesake, 'name'), ...perhaps(same, 'sharedMailbox') }
  const held = idsIn(values.organisation).flatMap((id) => pointing(known, 'organisation', id))
  if (!basisOfAll && !basisIn(values.basis)) return { ...because('quarantined', 'noBasis', ...held), ...doubts }
  return { ...heldFor(held), ...doubts }
}

function ofOpportunity(values: Values, known: KnownRows): Decided {
  if (values.amount !== undefined && amount(values.amount) === undefined) return because('refused', 'amountMalformed')
  const dates = [values.openedOn, values.closesOn].flatMap((value) => (value ? (dateTrouble(value) ?? []) : []))
  if (dates.includes('dateMalformed')) return because('refused', 'dateMalformed')
  const houses = idsIn(values.organisation)
  const proposed = values.product ? known.proposedProduct(values.product, squashed(values.product)) : undefined
  return heldFor([
    ...(houses.length === 0 ? (['noOrganisation'] as const) : pointing(known, 'organisation', houses[0])),
    ...(proposed === undefined ? [] : [proposed === null ? ('productUnknown' as const) : ('productToConfirm' as const)]),
    ...(dates.length > 0 ? (['dateAmbiguous'] as const) : []),
  ])
}

/** What WhoId and WhatId of Salesforce point to, by how the id begins. */
const REGARDING: Record<string, { kind: Kind; field: Field }> = {
  '001': { kind: 'organisation', field: 'organisation' },
  '006': { kind: 'opportunity', field: 'opportunity' },
}

function ofActivity(values: Values, known: KnownRows): Decided {
  const date = values.at ? dateTrouble(values.at) : undefined
  if (date === 'dateMalformed') return because('refused', date)
  const regarding = REGARDING[values.regarding?.slice(0, 3) ?? '']
  const links = [
    ...[...idsIn(values.person), ...idsIn(values.about)].map((id) => ['person', id] as const),
    ...idsIn(values.organisation).map((id) => ['organisation', id] as const),
    ...idsIn(values.opportunity).map((id) => ['opportunity', id] as const),
    ...(regarding ? [[regarding.kind, values.regarding!] as const] : []),
  ]
  const held = links.flatMap(([kind, id]) => pointing(known, kind, id))
  return heldFor([...(links.length === 0 ? (['noRecord'] as const) : held), ...(date ? [date] : [])])
}

const UNKNOWN = { person: 'personUnknown', organisation: 'organisationUnknown', opportunity: 'opportunityUnknown' } as const
const WAITS = { person: 'personWaits', organisation: 'organisationWaits', opportunity: 'opportunityWaits' } as const

/** Why a row cannot be tied to the one that it names yet. */
function pointing(known: KnownRows, kind: Kind, id: string | undefined, isNeeded = false): Reason[] {
  if (kind === 'product' || kind === 'activity' || kind === 'affiliation') return []
  if (!id) return isNeeded ? [UNKNOWN[kind]] : []
  const row = known.of(kind, id)
  if (!row) return [UNKNOWN[kind]]
  return fateOf(row) === 'made' ? [] : [WAITS[kind]]
}

function becomes(kind: Kind, values: Values, at: KnownRow, known: KnownRows): { row: KnownRow; because: Reason } | undefined {
  const master = values.mergedInto ? known.of(kind, values.mergedInto) : undefined
  if (master && !leadsTo(master, at)) return { row: master, because: 'merged' }
  const converted = values.convertedTo ? known.of('person', values.convertedTo) : undefined
  return converted && { row: converted, because: 'converted' }
}

function isNameless(kind: Kind, { id, name, domain, givenName, familyName, email }: Values) {
  // A name of signs alone names nobody.
  if (kind === 'organisation') return isNoName(name ?? domain)
  if (kind === 'person') return isNoName(name ?? (`${givenName ?? ''} ${familyName ?? ''}`.trim() || email))
  return (kind === 'product' || kind === 'opportunity') && !name && !id
}

function sameAs(at: KnownRow, of: KnownRow, reason: Reason): Decided {
  at.master = of
  return { ...because('duplicate', reason), of: named(of) }
}

function heldFor(reasons: Reason[]): Decided {
  return because(reasons.length > 0 ? 'held' : 'made', ...new Set(reasons))
}

function because(fate: Fate, ...reasons: Reason[]): Decided {
  return { fate, because: reasons }
}

function perhaps(row: KnownRow | undefined, reason: NonNullable<RowFate['perhaps']>['because']): Pick<RowFate, 'perhaps'> {
  return row ? { perhaps: { ...named(row), because: reason } } : {}
}

function named({ file, row }: RowName): RowName {
  return { file, row }
}

const isNoName = (name: string | undefined) => !name || squashed(name) === ''
