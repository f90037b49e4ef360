import type { Tx } from '~/db/client'
import { transaction } from '~/db/client'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, isAttributeKey, isOwnKey, ownValue, type FieldKey } from './catalogue'
import type { BroughtField } from './input'
import { checked, insertOwnField, OWN_MOST, sameName, takeOut, writeField } from './keeping'
import { keptBy } from './reading'

type Mine = Awaited<ReturnType<typeof keptBy>>[number]
type Fate = 'new' | 'same' | 'differs' | 'unfit'
/** A field that somebody brings along, beside what their vault says here. */
export type Compared = { field: BroughtField; fate: Fate; mine: { key: FieldKey; value: string } | null }
/** What a field said before it was brought, and what was brought: enough to put it back. */
export type PutBack = {
  key: FieldKey
  value: string
  before: { value: string; source: 'self' | 'import'; confirmedAt: string } | null
}

/** What would become of each. Their own fields are the same where they bear the same name and hold the same kind. */
export async function compareBrought(viewer: PersonViewer, fields: BroughtField[]): Promise<Compared[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const rows = compared(await transaction(viewer, (tx) => keptBy(tx, viewer)), fields)
  return rows.map(({ mine, ...row }) => ({ ...row, mine: mine && { key: mine.key, value: mine.value } }))
}

/** Writes each over what the vault says, as it was said and when. What cannot stand here is left. Returns what it takes to undo it. */
export async function takeBrought(tx: Tx, viewer: PersonViewer, fields: BroughtField[]): Promise<PutBack[]> {
  authorize(viewer, 'vault.change', { personId: viewer.personId })
  const done: PutBack[] = []
  for (const { field, fate, mine } of compared(await keptBy(tx, viewer), fields)) {
    if (fate !== 'new' && fate !== 'differs') continue
    const said = { value: valueOf(field) ?? '', source: field.source, confirmedAt: noLater(field.confirmedAt) }
    const key = mine?.key ?? (isAttributeKey(field.key) ? field.key : await insertOwnField(tx, viewer, { ...ownOf(field), ...said }))
    if (mine || isAttributeKey(key)) await writeField(tx, viewer, key, said)
    done.push({ key, value: said.value, before: mine && beforeOf(mine) })
  }
  const keys = done.map(({ key }) => key)
  if (keys.length > 0) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys })
  return done
}

/** Puts each field back as it was, unless it says something else by now. Returns how many were left for that. */
export async function putBack(tx: Tx, viewer: PersonViewer, fields: PutBack[]): Promise<number> {
  authorize(viewer, 'vault.change', { personId: viewer.personId })
  const kept = await keptBy(tx, viewer)
  const untouched = fields.filter(({ key, value }) => kept.find((row) => row.key === key)?.value === value)
  for (const { key, before } of untouched)
    if (before) await writeField(tx, viewer, key, { ...before, confirmedAt: new Date(before.confirmedAt) })
    else await takeOut(tx, viewer, key)
  const keys = untouched.map(({ key }) => key)
  if (keys.length > 0) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys })
  return fields.length - untouched.length
}

function compared(kept: Mine[], fields: BroughtField[]): { field: BroughtField; fate: Fate; mine: Mine | null }[] {
  let room = OWN_MOST - kept.filter(({ key }) => isOwnKey(key)).length
  const seen = new Set<string>()
  return fields.map((field) => {
    const named = isAttributeKey(field.key) ? field.key : `own ${field.label?.toLowerCase()}`
    const again = seen.has(named)
    seen.add(named)
    const mine = kept.find((row) => (isAttributeKey(field.key) ? row.key === field.key : isSame(row, field))) ?? null
    const value = valueOf(field)
    const otherKind =
      !mine && !isAttributeKey(field.key) && kept.some((row) => row.label !== null && sameName(row.label, field.label ?? ''))
    if (value === null || again || otherKind || (!mine && !isAttributeKey(field.key) && (room -= 1) < 0))
      return { field, fate: 'unfit', mine: null }
    const fate = !mine ? 'new' : mine.value === value ? 'same' : 'differs'
    return { field, fate, mine }
  })
}

const isSame = (row: Mine, field: BroughtField) => row.kind === field.kind && row.label !== null && sameName(row.label, field.label ?? '')

const ownOf = ({ label, kind, sensitive }: BroughtField) => ({ label: label ?? '', kind: kind ?? 'text', sensitive: sensitive === true })

/** As it would be kept here; null where it cannot be. */
function valueOf(field: BroughtField): string | null {
  const schema = isAttributeKey(field.key) ? attribute(field.key).value : field.label && field.kind ? ownValue[field.kind] : null
  try {
    return schema && checked(schema, field.value)
  } catch (error) {
    if (error instanceof Invalid) return null
    throw error
  }
}

const beforeOf = ({ value, source, confirmedAt }: Mine) => ({ value, source, confirmedAt: confirmedAt.toISOString() })

function noLater(said: string): Date {
  return new Date(Math.min(new Date(said).getTime(), now().getTime()))
}
