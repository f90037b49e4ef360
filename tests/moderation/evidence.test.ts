import { eq, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { attachments, leftoverFiles, notifications, recommendationEvidence, shownEvidence } from '~/db/schema'
import { filesFor, keepFile, sweepFiles } from '~/server/attachments'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import {
  decideEvidence,
  endOldEvidence,
  evidenceItemPage,
  evidencePlace,
  recommendationQueue,
  showEvidence,
  showEvidencePage,
} from '~/server/moderation'
import { setClock } from '~/server/platform/clock'
import { editRecommendation, recommendationPage, withdrawRecommendation, writeRecommendation } from '~/server/recommendations'
import { fileOf } from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aMember, anOperator, aPortalModerator, aStaffMember, aVendor, owner } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, followUp, honest, recommendationRow } from '../recommendations/scene'

afterEach(() => setClock(null))

const picture = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#088' } })
    .png()
    .toBuffer()
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const saw = 'An invoice of this year for this product, with the author’s organisation.'

async function putFile(author: Viewer, recommendationId: string, name = 'invoice.pdf', bytes?: Buffer) {
  return keepFile(author, await evidencePlace(author, recommendationId), {
    name,
    bytes: bytes ?? (name.endsWith('.pdf') ? pdf : await picture()),
  })
}

/** Amina shows an invoice; Bo may decide. */
async function somethingShown(level: 'document' | 'screenshot' = 'document') {
  const scene = await aRecommendation()
  const file = await putFile(scene.amina, scene.recommendationId, level === 'document' ? 'invoice.pdf' : 'screen.png')
  await showEvidence(scene.amina, scene.recommendationId, { level, words: 'The second line.' })
  const decision = async (rule: 'shows-use' | 'unreadable' = 'shows-use', by = scene.bo) => {
    const { stamp } = await evidenceItemPage(by, scene.recommendationId)
    return decideEvidence(by, scene.recommendationId, { rule, seen: saw, stamp })
  }
  return { ...scene, file, decision }
}
const rowsOf = (recommendationId: string) =>
  owner
    .select()
    .from(shownEvidence)
    .where(eq(shownEvidence.recommendationId, recommendationId))
    .orderBy(shownEvidence.shownAt, shownEvidence.id)
const filesOf = (recommendationId: string) => owner.select().from(attachments).where(eq(attachments.subjectId, recommendationId))
const told = async (person: PersonViewer) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind }) => kind,
  )

test('what is accepted is said beside the recommendation and weighs so; the file is gone, and what was seen is sealed', async () => {
  const { amina, bo, vendor, recommendationId, file, decision } = await somethingShown()
  expect((await recommendationPage(amina, recommendationId)).may.showEvidence).toBe(true)
  expect(await evidenceItemPage(bo, recommendationId)).toMatchObject({
    level: 'document',
    words: 'The second line.',
    files: [{ id: file.id }],
  })
  await decision()
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({
    evidence: 'document',
    counts: { evidence: 0.9 },
    may: { showEvidence: false },
  })
  expect(await filesOf(recommendationId)).toEqual([])
  expect(await rowsOf(recommendationId)).toMatchObject([{ outcome: 'accepted', rule: 'shows-use', seen: saw, decidedBy: bo.personId }])
  const sealed = await owner
    .select()
    .from(recommendationEvidence)
    .where(eq(recommendationEvidence.recommendationId, recommendationId))
    .orderBy(recommendationEvidence.foundAt)
  expect(sealed.map(({ level, checkedBy }) => [level, checkedBy])).toEqual([
    ['self-declared', null],
    ['document', bo.personId],
  ])
  await followUp(recommendationId)
  expect(await told(amina)).toContain('evidence.accepted')
  const counted = await owner.execute<{ evidence: string }>(
    sql`select evidence from recommendation_tallies where vendor_id = ${vendor.id}::uuid and 0 < any (verdicts)`,
  )
  expect(counted.map(({ evidence }) => evidence)).toEqual(['document'])
  // What was on disk is left to the sweeper, which removes it.
  await sweepFiles()
  expect(await owner.select().from(leftoverFiles)).toEqual([])
  await expect(fileOf(amina, file.id, '')).rejects.toThrow(NotFound)
})

test('what is not accepted changes nothing that others read; its author reads why', async () => {
  const { amina, recommendationId, decision } = await somethingShown('screenshot')
  const before = await recommendationRow(recommendationId)
  await decision('unreadable')
  expect(await recommendationRow(recommendationId)).toEqual(before)
  expect((await showEvidencePage(amina, recommendationId)).decided).toMatchObject([{ outcome: 'declined', rule: 'unreadable', seen: saw }])
  await followUp(recommendationId)
  expect(await told(amina)).toContain('evidence.declined')
})

test('a picture is drawn anew; only pictures and PDF are taken, three at most, ten at once as well', async () => {
  const { amina, recommendationId } = await aRecommendation()
  const kept = await putFile(amina, recommendationId, 'screen.png')
  expect(kept).toMatchObject({ name: 'screen.webp', width: 40 })
  await expect(putFile(amina, recommendationId, 'log.txt', Buffer.from('12:00 it began'))).rejects.toMatchObject({
    fields: { attach: 'evidence.notTaken' },
  })
  const many = await Promise.allSettled(Array.from({ length: 10 }, () => putFile(amina, recommendationId)))
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(await filesOf(recommendationId)).toHaveLength(3)
})

test('nobody but its author and moderators without ties reads it: not the vendor, a rival, a visitor, another member, nor a moderator who is tied', async () => {
  const { amina, bo, dara, vendor, product, recommendationId, file } = await somethingShown()
  const olu = await anOperator()
  const tied = await aPortalModerator('Kim')
  const own = await aMember('Ivo')
  await writeRecommendation(tied, vendor.slug, { ...honest, product: product.slug })
  const rival = await aStaffMember(await aVendor('Rival'), 'Ines')
  for (const reader of [amina, bo, olu]) expect(await fileOf(reader, file.id, '')).toMatchObject({ name: 'invoice.pdf' })
  for (const stranger of [dara, rival, tied, own, visitor]) {
    await expect(fileOf(stranger, file.id, '')).rejects.toThrow(NotFound)
    await expect(evidenceItemPage(stranger, recommendationId)).rejects.toThrow()
    const seen = await transaction(stranger, (tx) =>
      Promise.all([tx.select().from(shownEvidence), tx.select().from(attachments).where(eq(attachments.id, file.id))]),
    )
    expect(seen[0].filter((row) => row.recommendationId === recommendationId)).toEqual([])
    expect(seen[1]).toEqual([])
  }
  expect((await recommendationQueue(bo)).evidence.rows.map(({ id }) => id)).toContain(recommendationId)
  expect((await recommendationQueue(tied)).evidence.rows.map(({ id }) => id)).not.toContain(recommendationId)
  await expect(evidenceItemPage(dara, recommendationId)).rejects.toThrow(Forbidden)
  await expect(evidenceItemPage(tied, recommendationId)).rejects.toMatchObject({ key: 'evidence.tied.you' })
})

test('nobody decides on their own, and by SQL neither the author, the staff nor the tied say yes; what is decided is sealed', async () => {
  const { amina, dara, vendor, product, bo, recommendationId, decision } = await somethingShown()
  const tied = await aPortalModerator('Kim')
  await writeRecommendation(tied, vendor.slug, { ...honest, product: product.slug })
  const yes = (viewer: PersonViewer) =>
    transaction(viewer, (tx) =>
      tx
        .update(shownEvidence)
        .set({ outcome: 'accepted', rule: 'shows-use', seen: saw, decidedBy: viewer.personId, endedAt: new Date() })
        .where(eq(shownEvidence.recommendationId, recommendationId))
        .returning({ id: shownEvidence.id }),
    )
  await expect(yes(amina)).rejects.toThrow()
  for (const viewer of [dara, tied]) expect(await yes(viewer)).toEqual([])
  const forged = {
    id: newId(),
    recommendationId,
    vendorId: vendor.id,
    handleId: dara.handleId,
    level: 'document' as const,
    shownAt: new Date(),
  }
  await expect(transaction(dara, (tx) => tx.insert(shownEvidence).values(forged))).rejects.toThrow()
  await expect(
    transaction(bo, (tx) => tx.delete(shownEvidence).where(eq(shownEvidence.recommendationId, recommendationId))),
  ).rejects.toThrow()
  await decision()
  await expect(
    transaction(bo, (tx) =>
      tx.update(shownEvidence).set({ seen: 'Nothing of the kind was seen.' }).where(eq(shownEvidence.recommendationId, recommendationId)),
    ),
  ).rejects.toThrow()
})

test('decided twice at once it is decided once; what its author changed meanwhile is looked at again', async () => {
  const { amina, bo, recommendationId, decision } = await somethingShown()
  const { stamp } = await evidenceItemPage(bo, recommendationId)
  await putFile(amina, recommendationId, 'page-two.pdf')
  await expect(decideEvidence(bo, recommendationId, { rule: 'shows-use', seen: saw, stamp })).rejects.toMatchObject({
    key: 'evidence.changed',
  })
  const olu = await anOperator()
  const both = await Promise.allSettled([decision('shows-use', bo), decision('unreadable', olu)])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) as Conflict })
  expect((await rowsOf(recommendationId)).filter(({ outcome }) => outcome !== null)).toHaveLength(1)
})

test('withdrawn, nothing waits and no file is left; edited, what was accepted stays', async () => {
  const gone = await somethingShown()
  await withdrawRecommendation(gone.amina, gone.recommendationId)
  expect(await rowsOf(gone.recommendationId)).toMatchObject([{ outcome: 'withdrawn' }])
  expect(await filesOf(gone.recommendationId)).toEqual([])
  const kept = await somethingShown()
  await kept.decision()
  await editRecommendation(kept.amina, kept.recommendationId, { ...honest, headline: 'Getting out is still not easy at all' })
  expect(await recommendationRow(kept.recommendationId)).toMatchObject({ evidence: 'document' })
})

test('after thirty days it is deleted unseen, and may be shown again; a week in between leaves it', async () => {
  const { amina, recommendationId } = await somethingShown()
  setClock(new Date(Date.now() + 7 * 86_400_000))
  await Promise.all([endOldEvidence(), sweepFiles()])
  expect(await filesOf(recommendationId)).toHaveLength(1)
  setClock(new Date(Date.now() + 31 * 86_400_000))
  await endOldEvidence()
  expect(await rowsOf(recommendationId)).toMatchObject([{ outcome: 'expired', decidedBy: null }])
  expect(await filesOf(recommendationId)).toEqual([])
  expect(await filesFor(amina, { kind: 'evidence', subjectId: recommendationId })).toEqual([])
  await putFile(amina, recommendationId)
  await showEvidence(amina, recommendationId, { level: 'document', words: undefined })
  expect((await rowsOf(recommendationId)).map(({ outcome }) => outcome)).toEqual(['expired', null])
})

test('only its author shows something, with a file, and where it could weigh more', async () => {
  const { amina, dara, bo, vendor, product, recommendationId } = await aRecommendation()
  await expect(showEvidence(amina, recommendationId, { level: 'document', words: undefined })).rejects.toMatchObject({
    fields: { attach: 'evidence.fileNeeded' },
  })
  for (const stranger of [dara, bo, await aMember('Ivo'), visitor]) {
    await expect(putFile(stranger, recommendationId)).rejects.toThrow(Forbidden)
    await expect(showEvidence(stranger, recommendationId, { level: 'document', words: undefined })).rejects.toThrow(Forbidden)
  }
  const chen = await aMember('Chen')
  await aConfirmedCustomer(chen, vendor)
  const proven = await writeRecommendation(chen, vendor.slug, { ...honest, product: product.slug })
  expect((await recommendationPage(chen, proven.recommendationId)).may.showEvidence).toBe(false)
  await expect(putFile(chen, proven.recommendationId)).rejects.toThrow(Conflict)
})
