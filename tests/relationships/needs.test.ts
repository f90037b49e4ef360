import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { communities, memberships, relationshipContests, relationships, relationshipTasks, threads } from '~/db/schema'
import { openCase, writeInCase } from '~/server/cases'
import { Forbidden } from '~/server/errors'
import { startHandOff } from '~/server/hand-offs'
import { whoNeeds } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { aStaffMember, aVendor, owner } from '../support/cast'
import { aQuestionForTheVendor } from '../cases/scene'

const days = (n: number) => new Date(Date.now() + n * 86_400_000)

async function aRecordOf(vendor: { id: string }, who: PersonViewer) {
  const id = newId()
  await owner.insert(relationships).values({ id, vendorId: vendor.id, handleId: who.handleId, since: days(-90), lastAt: days(-1) })
  return id
}

async function promised(by: PersonViewer, relationshipId: string, what: string, dueAt: Date, doneAt: Date | null = null) {
  const done = doneAt ? { doneAt, doneBy: by.personId } : {}
  await owner
    .insert(relationshipTasks)
    .values({ id: newId(), relationshipId, what, ownerId: by.personId, createdBy: by.personId, dueAt, ...done })
}

test('who needs somebody stands in the order of need: what is overdue, who waits longest, what falls due', async () => {
  const { vendor, amina, chen, bo, dara, sanne, question } = await aQuestionForTheVendor()
  const [ofAmina, ofChen, ofBo] = [await aRecordOf(vendor, amina), await aRecordOf(vendor, chen), await aRecordOf(vendor, bo)]
  await owner
    .update(threads)
    .set({ createdAt: days(-3) })
    .where(eq(threads.id, question.threadId))
  await promised(dara, ofChen, 'Send the price list', days(2))
  await promised(dara, ofBo, 'Call back', days(-1))
  await promised(dara, ofBo, 'Done long ago', days(-30), days(-20))
  await promised(dara, ofBo, 'Far away', days(30))
  await promised(sanne, ofAmina, 'What Sanne promised', days(-5))
  const found = await whoNeeds(dara, { vendorId: vendor.id })
  expect(
    found.map(({ member, needs }) => [
      member?.displayName,
      needs.map(({ kind, words, late }) => `${kind}: ${words}${late ? ', late' : ''}`),
    ]),
  ).toEqual([
    ['Bo', ['commitment: Call back, late']],
    ['Amina', ['question: Deleted messages come back']],
    ['Chen', ['commitment: Send the price list']],
  ])
  expect((await whoNeeds(sanne, { vendorId: vendor.id })).map(({ needs }) => needs.map(({ kind }) => kind))).toEqual([
    ['commitment', 'question'],
  ])
})

test('whoever waits in a private case, contests something or asks why needs staff, until they are answered', async () => {
  const { vendor, amina, chen, dara, sanne, question } = await aQuestionForTheVendor()
  const record = await aRecordOf(vendor, amina)
  const caseId = await openCase(dara, question.threadId, { body: 'May I see the log?' })
  const kinds = async (who = dara) =>
    (await whoNeeds(who, { vendorId: vendor.id })).flatMap(({ needs }) => needs.map(({ kind }) => kind)).sort()
  expect(await kinds()).toEqual(['question'])
  await writeInCase(amina, caseId, { body: 'Here it is.' })
  await owner.insert(relationshipContests).values([
    { id: newId(), relationshipId: record, kind: 'why', about: 'role', body: '' },
    { id: newId(), relationshipId: record, kind: 'wrong', about: 'I am no partner', body: 'Never was.', dueAt: days(-1) },
    {
      id: newId(),
      relationshipId: record,
      kind: 'wrong',
      about: 'Answered',
      body: 'x',
      answer: 'Yes',
      answeredAt: days(-2),
      answeredBy: dara.personId,
    },
  ])
  expect(await kinds()).toEqual(['case', 'question', 'why', 'wrong'])
  expect((await whoNeeds(dara, { vendorId: vendor.id }))[0]?.needs[0]).toMatchObject({ kind: 'wrong', late: true })
  // What a colleague has taken is not everybody’s.
  await startHandOff(sanne, { relationshipId: record }, { to: sanne.handle, hours: 60, why: undefined, checklist: [] })
  expect(await kinds()).toEqual(['case', 'question'])
  for (const stranger of [amina, chen]) await expect(whoNeeds(stranger, { vendorId: vendor.id })).rejects.toThrow(Forbidden)
  const elsewhere = await aVendor()
  expect(await whoNeeds(await aStaffMember(elsewhere), { vendorId: elsewhere.id })).toEqual([])
})

test('of a case about a question in a room that is closed to staff, they see that somebody waits, and not what was asked', async () => {
  const { vendor, amina, dara, community, question } = await aQuestionForTheVendor()
  await aRecordOf(vendor, amina)
  const caseId = await openCase(dara, question.threadId, { body: 'May I see the log?' })
  await writeInCase(amina, caseId, { body: 'Here it is.' })
  const words = async () => (await whoNeeds(dara, { vendorId: vendor.id })).flatMap(({ needs }) => needs.filter(({ kind }) => kind === 'case').map((need) => need.words)) // prettier-ignore
  expect(await words()).toEqual(['Deleted messages come back'])
  await owner.update(communities).set({ access: 'invitation' }).where(eq(communities.id, community.id))
  await owner.delete(memberships).where(eq(memberships.personId, dara.personId))
  expect(await words()).toEqual([null])
})
