import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { interactions, relationshipMeetings, relationships } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { keepRelationship, logMeeting, ownRecordPage, staffRecordPage } from '~/server/relationships'
import { MeetingInput } from '~/server/relationships/input'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { following } from '../support/following'

const caughtUp = following(keepRelationship)
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const said = (more = {}) => MeetingInput.parse({ outcome: 'They move all forty desks in May.', ...more })

async function aRecord() {
  const vendor = await aVendor()
  const [amina, dara] = [await aMember('Amina'), await aStaffMember(vendor)]
  const record = newId()
  await owner
    .insert(relationships)
    .values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: new Date(), lastAt: new Date() })
  return { vendor, amina, dara, record }
}
type Scene = Awaited<ReturnType<typeof aRecord>>
const staffSee = ({ dara, record }: Scene) => staffRecordPage(dara, record, { before: null, purpose: null })
const sheSees = ({ amina, vendor }: Scene) => ownRecordPage(amina, vendor.slug, null)

test('what came of a meeting is one text; both sides read it, on the record and in what happened', async () => {
  const scene = await aRecord()
  await logMeeting(scene.dara, scene.record, said())
  await caughtUp()
  for (const page of [await staffSee(scene), await sheSees(scene)]) {
    expect(page.meetings).toMatchObject([
      { outcome: 'They move all forty desks in May.', heldOn: day(0), by: { handle: scene.dara.handle } },
    ])
    expect(page.timeline.entries.map(({ kind, about }) => [kind, about])).toContainEqual([
      'meeting.logged',
      { kind: 'words', title: 'They move all forty desks in May.' },
    ])
  }
  expect((await staffSee(scene)).tasks).toEqual([])
  const events = await owner
    .select()
    .from(interactions)
    .where(sql`payload->>'vendorId' = ${scene.vendor.id} and kind = 'meeting.logged'`)
  expect(JSON.stringify(events.map(({ payload }) => payload))).not.toContain('desks')
})

test('a next step becomes the writer’s own task, due in a week', async () => {
  const scene = await aRecord()
  await logMeeting(scene.dara, scene.record, said({ next: 'Send the plan', heldOn: day(-3) }))
  const page = await staffSee(scene)
  expect(page.meetings).toMatchObject([{ heldOn: day(-3) }])
  expect(page.tasks).toMatchObject([{ what: 'Send the plan', owner: { handle: scene.dara.handle }, late: false }])
  expect(page.tasks[0]?.dueAt.toISOString().slice(0, 10)).toBe(day(7))
})

test('a day to come, one long past, no words and other people’s records are refused, and by the database as well', async () => {
  const scene = await aRecord()
  const { amina, dara, record } = scene
  await expect(logMeeting(dara, record, said({ heldOn: day(2) }))).rejects.toThrow(Invalid)
  await expect(logMeeting(dara, record, said({ heldOn: day(-400) }))).rejects.toThrow(Invalid)
  expect(MeetingInput.safeParse({ outcome: ' ' }).success).toBe(false)
  expect(MeetingInput.safeParse({ outcome: 'x'.repeat(2001) }).success).toBe(false)
  const stranger = await aStaffMember(await aVendor())
  for (const other of [stranger, amina, await aMember('Chen')]) await expect(logMeeting(other, record, said())).rejects.toThrow(NotFound)
  const bySql = (viewer: typeof dara, more = {}) =>
    transaction(viewer, (tx) =>
      tx.insert(relationshipMeetings).values({
        id: newId(),
        relationshipId: record,
        heldOn: day(0),
        outcome: 'x',
        loggedBy: viewer.personId,
        loggerHandleId: viewer.handleId,
        ...more,
      }),
    )
  for (const other of [stranger, amina]) await expect(bySql(other)).rejects.toThrow()
  await expect(bySql(dara, { loggedBy: amina.personId })).rejects.toThrow()
  await expect(bySql(dara, { loggerHandleId: amina.handleId })).rejects.toThrow()
  await logMeeting(dara, record, said())
  await expect(transaction(dara, (tx) => tx.update(relationshipMeetings).set({ outcome: 'Changed' }))).rejects.toThrow()
  const seen = (viewer: typeof dara) =>
    transaction(viewer, (tx) => tx.select().from(relationshipMeetings).where(eq(relationshipMeetings.relationshipId, record)))
  expect([await seen(dara), await seen(amina), await seen(stranger)].map((rows) => rows.length)).toEqual([1, 1, 0])
})
