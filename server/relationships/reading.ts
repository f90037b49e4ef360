import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { objects } from '~/server/agreements'
import {
  fieldsInOrder,
  asksTo,
  grantsTo,
  keepRefusal,
  onceGranted,
  readGranted,
  readingsBy,
  ownNames,
  type GrantedValue,
  type LiveGrant,
} from '~/server/vault'
import { PURPOSES, type Purpose } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { ownRecord, staffRecord, type Head } from './facts'
import { handlesIn, nameOf, notesShown, partsOf, shared } from './parts'
import { timelinePage, withActors } from './timeline'

/** What the record is kept for; other purposes are read only when they are named. */
const READ_ON_THE_RECORD: readonly Purpose[] = ['answer', 'relationship']

/** /relationships/:id: theirs, what happened, ours. Opening it reads what was granted, and that is written down. */
export async function staffRecordPage(viewer: PersonViewer, id: string, asked: { before: string | null; purpose: string | null }) {
  const { it, parts, happened } = await transaction(viewer, async (tx) => {
    const found = await staffRecord(tx, viewer, id)
    const [held, page] = await Promise.all([partsOf(tx, found), timelinePage(tx, viewer, found, asked.before)])
    return { it: found, parts: held, happened: page }
  })
  const purposes = asked.purpose === null ? READ_ON_THE_RECORD : PURPOSES.filter((purpose) => purpose === asked.purpose)
  const theirs = await grantedOn(viewer, it, purposes)
  const [wanted] = asked.purpose === null ? [] : purposes
  const refused = asked.purpose !== null && theirs.grants.length === 0
  if (refused && wanted && it.personId && it.personId !== viewer.personId)
    await keepRefusal(viewer, { personId: it.personId, handleId: it.handleId, vendorId: it.vendorId }, wanted)
  // The page would have read what has ended: whoever opens it first after that was refused.
  else if (theirs.dark.length > 0 && it.personId && it.personId !== viewer.personId)
    for (const purpose of purposes.filter((one) => theirs.grants.every((grant) => grant.purpose !== one)))
      await keepRefusal(viewer, { personId: it.personId, handleId: it.handleId, vendorId: it.vendorId }, purpose, { once: true })
  const names = await handlesShown([it.handleId, ...handlesIn(parts), ...happened.entries.map((entry) => entry.actorHandleId)], {
    vendorId: it.vendorId,
  })
  return {
    record: {
      id: it.relationshipId,
      since: it.since,
      lastAt: it.lastAt,
      owner: nameOf(names, parts.owner),
      vendor: { id: it.vendorId, slug: it.vendorSlug, name: it.vendorName },
    },
    member: nameOf(names, it.handleId),
    theirs,
    refused,
    /** For what nothing is granted. */
    refusedFor: refused ? (wanted ?? null) : null,
    notes: notesShown(parts, names),
    ...shared(parts, names),
    staff: parts.staff,
    timeline: { entries: withActors(happened.entries, names), older: happened.older },
  }
}

/** What stands over a form of the record: whom it is about, and the colleagues. Reads nothing that was granted. */
export async function recordHead(viewer: PersonViewer, id: string) {
  const { it, parts } = await transaction(viewer, async (tx) => {
    const found = await staffRecord(tx, viewer, id)
    return { it: found, parts: await partsOf(tx, found) }
  })
  const names = await handlesShown([it.handleId, parts.owner], { vendorId: it.vendorId })
  return {
    owner: nameOf(names, parts.owner)?.handle ?? null,
    id: it.relationshipId,
    member: nameOf(names, it.handleId),
    staff: parts.staff,
    standing: parts.states.map((state) => state.state as string),
    me: viewer.handle,
  }
}

export async function ownRecordHead(viewer: PersonViewer, vendorSlug: string) {
  const it = await transaction(viewer, (tx) => ownRecord(tx, viewer, vendorSlug))
  return { vendor: { slug: it.vendorSlug, name: it.vendorName } }
}

/** /me/relationships/:vendor: the same record from the other side, with what they may read and did read. */
export async function ownRecordPage(viewer: PersonViewer, vendorSlug: string, before: string | null) {
  const { it, parts, noteCount, happened } = await transaction(viewer, async (tx) => {
    const found = await ownRecord(tx, viewer, vendorSlug)
    const [held, page] = await Promise.all([partsOf(tx, found), timelinePage(tx, viewer, found, before)])
    return { it: found, parts: held, noteCount: held.noteCount, happened: page }
  })
  const [mayRead, didRead, ownFields] = await Promise.all([
    grantsTo(viewer, it.vendorId, viewer.personId),
    readingsBy(viewer, it.vendorId),
    ownNames(viewer),
  ])
  const names = await handlesShown([viewer.handleId, ...handlesIn(parts), ...happened.entries.map((entry) => entry.actorHandleId)], {
    vendorId: it.vendorId,
  })
  return {
    record: {
      id: it.relationshipId,
      since: it.since,
      lastAt: it.lastAt,
      owner: nameOf(names, parts.owner),
      vendor: { slug: it.vendorSlug, name: it.vendorName },
    },
    me: nameOf(names, viewer.handleId),
    mayRead,
    ownFields,
    didRead,
    noteCount,
    ...shared(parts, names),
    timeline: { entries: withActors(happened.entries, names), older: happened.older },
  }
}

export type Theirs = {
  values: (GrantedValue & { purpose: Purpose })[]
  /** What they granted once and do not any more: that it was, never what it said. */
  dark: string[]
  asked: Awaited<ReturnType<typeof asksTo>>
  grants: LiveGrant[]
  /** For other purposes something is granted too. */
  elsewhere: boolean
  /** To being passed on and advertised to, for good. */
  objects: boolean
  name: string | null
  organisation: string | null
}

/** Reads what live grants cover, each purpose by itself. Name and organisation stand at the head of the record under “relationship” alone. */
export async function grantedOn(
  viewer: PersonViewer,
  it: Pick<Head, 'personId' | 'vendorId'>,
  purposes: readonly Purpose[],
): Promise<Theirs> {
  const personId = it.personId
  const [live, once, asked, objecting] = personId
    ? await Promise.all([
        grantsTo(viewer, it.vendorId, personId),
        onceGranted(viewer, it.vendorId, personId),
        asksTo(viewer, { personId, vendorId: it.vendorId }),
        transaction(viewer, (tx) => objects(tx, personId)),
      ])
    : [[], [], null, false]
  const covered = purposes.filter((purpose) => live.some((grant) => grant.purpose === purpose))
  const read =
    personId && personId !== viewer.personId && covered.length > 0 ? await readGranted(viewer, personId, it.vendorId, ...covered) : []
  const values = covered.flatMap((purpose) => read.filter((value) => value.purpose === purpose))
  const known = (key: string) => values.find((value) => value.key === key && value.purpose === 'relationship')?.value ?? null
  return {
    values: fieldsInOrder(values.map(({ key }) => key)).flatMap((key) => values.find((value) => value.key === key) ?? []),
    dark: once.filter((key) => !live.some((grant) => grant.keys.includes(key))),
    asked,
    grants: live.filter((grant) => covered.includes(grant.purpose)),
    objects: objecting,
    elsewhere: live.some((grant) => !covered.includes(grant.purpose)),
    name: known('real-name'),
    organisation: known('organisation'),
  }
}
