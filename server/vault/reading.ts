import { and, desc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { grantAttributes, grants, vaultAttributes, vaultHistory, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import type { Terms } from '~/server/agreements/types'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { keyOf, openValue } from '~/server/platform/person-keys'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import {
  ATTRIBUTE_KEYS,
  GROUPS,
  attribute,
  catalogue,
  groupOf,
  fieldsInOrder,
  isAttributeKey,
  isFieldKey,
  type FieldKey,
} from './catalogue'
import { asReadBy } from './granted'
import { PURPOSES, type OwnKind, type Purpose } from './input'
import { labelOf, readSealed } from './sealed'
import { ownNamesOf, type OwnNames } from './own-names'
import { READINGS_A_PAGE, readingsAndRefusals, readingsOf, withReaders } from './readings'
import { latestDay, left, oldBefore, stateOf, usualDay, type GrantState } from './rules'
import { visibleTo } from './visible'

/** On the vault itself: the newest, with a link to all. */
const READINGS_AT_HAND = 5

export type Kept = {
  key: FieldKey
  label: string | null
  kind: OwnKind | null
  value: string
  source: 'self' | 'import'
  confirmedAt: Date
  /** Confirmed so long ago that its owner is asked whether it still holds. */
  old: boolean
  readers: string[]
}
export type GrantShown = {
  id: string
  vendor: { slug: string; name: string }
  purpose: Purpose
  keys: FieldKey[]
  names: OwnNames
  startsAt: Date
  endsAt: Date
  revokedAt: Date | null
  /** The agreement from the roster under which it stands. */
  terms: Terms | 'BEFORE-TERMS'
  state: GrantState
  left: { share: number; days: number; soon: boolean }
}

/** /me/vault: the fields by group, with who reads each; the grants, live and ended; the newest readings. */
export async function myVault(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const [kept, given, read] = await transaction(viewer, (tx) =>
    Promise.all([keptBy(tx, viewer), grantsOf(tx, viewer), readingsAndRefusals(tx, viewer, READINGS_AT_HAND)]),
  )
  const live = given.filter((grant) => grant.state === 'live' || grant.state === 'later')
  const attributes: Kept[] = kept.map((row) => ({
    ...row,
    old: row.confirmedAt < oldBefore(now()),
    readers: [...new Set(live.filter((grant) => grant.keys.includes(row.key)).map((grant) => grant.vendor.name))],
  }))
  return {
    groups: GROUPS.map((group) => ({ group, kept: attributes.filter((row) => groupOf(row.key) === group) })).filter(
      ({ kept: rows }) => rows.length > 0,
    ),
    fields: attributes.length,
    old: attributes.filter((row) => row.old).length,
    readable: attributes.filter((row) => row.readers.length > 0).length,
    vendors: new Set(live.map((grant) => grant.vendor.slug)).size,
    missing: ATTRIBUTE_KEYS.filter((key) => !attributes.some((row) => row.key === key)),
    live,
    ended: given.filter((grant) => !live.includes(grant)),
    readings: await withReaders(read),
  }
}

/** What the viewer keeps, in the order of the catalogue: to themselves, or to who acts for them. */
export async function ownFields(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return transaction(viewer, (tx) => keptBy(tx, viewer))
}

/** The grants of the viewer that hold, or will. */
export async function ownGrants(viewer: PersonViewer): Promise<GrantShown[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const given = await transaction(viewer, (tx) => grantsOf(tx, viewer))
  return given.filter(({ state }) => state === 'live' || state === 'later')
}

/** What the form for one field needs. */
export async function attributePage(viewer: PersonViewer, key: string) {
  if (!isFieldKey(key)) throw new NotFound()
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const [[kept], earlier] = await transaction(viewer, (tx) => Promise.all([keptBy(tx, viewer, key), earlierOf(tx, viewer, key)]))
  const listed = isAttributeKey(key) ? attribute(key) : null
  if (!listed && !kept) throw new NotFound()
  return {
    key,
    listed: isAttributeKey(key) ? key : null,
    kept: kept ?? null,
    earlier,
    sensitive: listed ? listed.sensitivity === 'high' : kept?.sensitive === true,
    autocomplete: listed?.autocomplete ?? 'off',
    choices: key === 'time-zone' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : null,
  }
}

/** The form for a new grant: vendors to choose from, and the fields that there are to be read. */
export async function newGrantPage(viewer: PersonViewer) {
  authorize(viewer, 'grant.give', { personId: viewer.personId })
  const [kept, choices] = await transaction(viewer, (tx) =>
    Promise.all([keptBy(tx, viewer), tx.select({ slug: vendors.slug, name: vendors.name }).from(vendors).orderBy(vendors.name).limit(500)]),
  )
  return {
    kept: kept.map(({ key, label, value, sensitive }) => ({
      key,
      label,
      value,
      identifies: isAttributeKey(key) ? 'identifies' in catalogue[key] : sensitive === true,
    })),
    vendors: choices,
    usualDay: usualDay(now()),
    latestDay: latestDay(now()),
  }
}

export async function grantPage(viewer: PersonViewer, grantId: string) {
  if (!isId(grantId)) throw new NotFound()
  const [[grant], read] = await transaction(viewer, (tx) =>
    Promise.all([grantsOf(tx, viewer, grantId), readingsOf(tx, viewer, READINGS_A_PAGE, { grantId })]),
  )
  if (!grant) throw new NotFound()
  mustBeFound(viewer, 'vault.view', { personId: viewer.personId })
  return { grant, readings: await withReaders(read) }
}

/** What one vendor reads of the viewer, for each purpose; nothing is written down. */
export async function seenBy(viewer: PersonViewer, vendorSlug: string) {
  const [vendor] = await transaction(viewer, (tx) =>
    tx.select({ id: vendors.id, slug: vendors.slug, name: vendors.name }).from(vendors).where(eq(vendors.slug, vendorSlug)),
  )
  if (!vendor) throw new NotFound()
  const [read, names] = await Promise.all([asReadBy(viewer, vendor.id, PURPOSES), handlesShown([viewer.handleId], { vendorId: vendor.id })])
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    me: names.get(viewer.handleId) ?? null,
    purposes: PURPOSES.map((purpose) => ({ purpose, values: read.get(purpose) ?? [] })).filter(({ values }) => values.length > 0),
    withheld: ATTRIBUTE_KEYS.filter((key) => !PURPOSES.some((purpose) => read.get(purpose)?.some((value) => value.key === key))),
  }
}

/** The vault as its owner takes it along: what is kept, and who may read it. */
export async function vaultFile(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const [kept, given] = await transaction(viewer, (tx) => Promise.all([keptBy(tx, viewer), grantsOf(tx, viewer)]))
  return {
    attributes: kept,
    grants: given.map(({ left: _, ...grant }) => grant),
  }
}

export async function keptBy(tx: Tx, viewer: PersonViewer, key?: FieldKey) {
  const rows = await tx
    .select({
      key: vaultAttributes.key,
      personId: vaultAttributes.personId,
      value: vaultAttributes.value,
      sealed: vaultAttributes.sealed,
      source: vaultAttributes.source,
      kind: vaultAttributes.kind,
      sealedLabel: vaultAttributes.sealedLabel,
      sensitive: vaultAttributes.sensitive,
      confirmedAt: vaultAttributes.confirmedAt,
    })
    .from(vaultAttributes)
    .where(and(eq(vaultAttributes.personId, viewer.personId), key ? eq(vaultAttributes.key, key) : undefined))
  if (rows.length === 0) return []
  const ownKey = await keyOf(tx, viewer.personId)
  const opened = rows.map(({ personId, value, sealed, sealedLabel, ...row }) => ({
    ...row,
    label: labelOf(ownKey, { key: row.key, personId, sealedLabel }),
    value: readSealed(ownKey, { ...row, personId, value, sealed }),
  }))
  return fieldsInOrder(rows.map((row) => row.key)).flatMap((field) =>
    opened.filter((row) => row.key === field).map((row) => ({ ...row, key: field })),
  )
}

/** What every field said before, as its owner takes it along. */
export async function earlierValues(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const rows = await transaction(viewer, (tx) => earlierOf(tx, viewer))
  return rows.map(({ id: _, ...row }) => row)
}

/** What a field said before, or every field, newest first. */
async function earlierOf(tx: Tx, { personId }: PersonViewer, key?: FieldKey) {
  const rows = await tx
    .select({
      id: vaultHistory.id,
      key: vaultHistory.key,
      sealed: vaultHistory.sealed,
      confirmedAt: vaultHistory.confirmedAt,
      replacedAt: vaultHistory.replacedAt,
    })
    .from(vaultHistory)
    .where(and(eq(vaultHistory.personId, personId), key ? eq(vaultHistory.key, key) : undefined))
    .orderBy(vaultHistory.key, desc(vaultHistory.replacedAt), desc(vaultHistory.id))
    .limit(key ? 20 : 1000)
  if (rows.length === 0) return []
  const ownKey = await keyOf(tx, personId)
  return rows.map(({ sealed, ...row }) => ({ ...row, value: openValue(ownKey, personId, `${row.key}\0earlier`, sealed) }))
}

/** How many fields each vendor may read today. */
export async function fieldsGranted(viewer: PersonViewer): Promise<{ slug: string; name: string; fields: number }[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const given = await transaction(viewer, (tx) => grantsOf(tx, viewer))
  const read = new Map<string, { name: string; keys: Set<string> }>()
  for (const { vendor, keys } of given.filter((grant) => grant.state === 'live')) {
    const known = read.get(vendor.slug) ?? { name: vendor.name, keys: new Set<string>() }
    read.set(vendor.slug, known)
    for (const key of keys) known.keys.add(key)
  }
  return [...read].map(([slug, { name, keys }]) => ({ slug, name, fields: keys.size }))
}

async function grantsOf(tx: Tx, viewer: PersonViewer, grantId?: string): Promise<GrantShown[]> {
  const asked = tx
    .select({
      id: grants.id,
      vendorSlug: vendors.slug,
      vendorName: vendors.name,
      purpose: grants.purpose,
      keys: sql<
        string | null
      >`(select string_agg(${grantAttributes.key}, ',') from ${grantAttributes} where ${grantAttributes.grantId} = ${grants.id})`,
      startsAt: grants.startsAt,
      endsAt: grants.endsAt,
      revokedAt: grants.revokedAt,
      terms: grants.terms,
    })
    .from(grants)
    .innerJoin(vendors, eq(vendors.id, grants.vendorId))
    .where(and(visibleTo(viewer).grants, grantId ? eq(grants.id, grantId) : undefined))
    .orderBy(desc(grants.createdAt))
    .limit(200)
  const [rows, names] = await Promise.all([asked, ownNamesOf(tx, viewer)])
  return rows.map(({ vendorSlug, vendorName, ...row }) => ({
    ...row,
    keys: fieldsInOrder(row.keys?.split(',') ?? []),
    names: of(names, row.keys?.split(',') ?? []),
    vendor: { slug: vendorSlug, name: vendorName },
    state: stateOf(row, now()),
    left: left(row, now()),
  }))
}

/** Names go no further than the fields that are spoken of. */
const of = (names: OwnNames, keys: string[]): OwnNames => Object.fromEntries(Object.entries(names).filter(([key]) => keys.includes(key)))
