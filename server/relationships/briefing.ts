import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import type { PersonViewer } from '~/server/viewer'
import { ATTRIBUTE_KEYS, asksTo, readGrantedOf, type GrantedValue } from '~/server/vault'
import { staffRecord } from './facts'
import { handlesIn, nameOf, notesShown, partsOf, shared } from './parts'
import { timelinePage, withActors } from './timeline'

const LAST_ACTS = 3
const LAST_NOTES = 3

/**
 * What staff read of some records of one vendor before they meet the people: what is granted for the relationship and for nothing else, what is not,
 * what was promised, what happened last, and apart from these what colleagues noted. What is read of them all is read, and written down, at once.
 */
export async function briefsOf(viewer: PersonViewer, recordIds: string[]) {
  const known = await transaction(viewer, (tx) =>
    Promise.all(
      recordIds.map(async (id) => {
        const it = await staffRecord(tx, viewer, id)
        const [parts, happened] = await Promise.all([partsOf(tx, it), timelinePage(tx, viewer, it, null)])
        return { it, parts, acts: happened.entries.slice(0, LAST_ACTS) }
      }),
    ),
  )
  const [first] = known
  if (!first) return []
  const { vendorId, vendorName } = first.it
  const people = known.flatMap(({ it }) => (it.personId && it.personId !== viewer.personId ? [it.personId] : []))
  const [read, asked, names] = await Promise.all([
    readGrantedOf(viewer, people, vendorId, ['relationship']),
    Promise.all(known.map(({ it }) => (it.personId ? asksTo(viewer, { personId: it.personId, vendorId }) : null))),
    handlesShown(
      known.flatMap(({ it, parts, acts }) => [it.handleId, ...handlesIn(parts), ...acts.map((entry) => entry.actorHandleId)]),
      { vendorId },
    ),
  ])
  return known.map(({ it, parts, acts }, at) => {
    const values: GrantedValue[] = read.get(it.personId ?? '') ?? []
    const { tasks, meetings, states } = shared(parts, names)
    return {
      id: it.relationshipId,
      vendor: vendorName,
      member: nameOf(names, it.handleId),
      states: states.filter(({ confirmedAt }) => confirmedAt).map(({ state }) => state),
      values,
      withheld: ATTRIBUTE_KEYS.filter((key) => !values.some((value) => value.key === key)),
      asked: asked[at] ?? null,
      open: tasks.filter(({ doneAt }) => !doneAt),
      lastMeeting: meetings[0] ?? null,
      acts: withActors(acts, names),
      notes: notesShown(parts, names).slice(0, LAST_NOTES),
    }
  })
}
