import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { drafts, interactions } from '~/db/schema'
import { chooseDraft, discardDraft, draftFor, draftPage, forgetDrafts, keepDraft, myDrafts, restoreDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { systemViewer, visitor } from '~/server/viewer'
import { aMember, anOperator, owner } from '../support/cast'

const typed = (fields: Record<string, string | number>) => DraftInput.parse(fields)
const rowsOf = (person: { personId: string }) => owner.select().from(drafts).where(eq(drafts.personId, person.personId))

test('what is typed is kept, goes on where it was, and is shown when the page is opened again', async () => {
  const amina = await aMember('Amina')
  const thread = newId()
  const first = await keepDraft(amina, 'answer', thread, typed({ body: 'It may be' }))
  const second = await keepDraft(
    amina,
    'answer',
    thread,
    typed({ body: 'It may be the index.', draftId: first.id ?? '', draftVersion: first.version }),
  )
  expect(second).toEqual({ id: first.id, version: 2, others: 0, gone: false })
  expect(await draftFor(amina, 'answer', thread)).toMatchObject({
    newest: { id: first.id, version: 2, fields: { body: 'It may be the index.' } },
    others: 0,
    discarded: null,
  })
  expect(await draftFor(amina, 'comment', thread)).toMatchObject({ newest: null })
})

test('a text typed against an older version overwrites nothing: both are kept, side by side, and their writer chooses', async () => {
  const amina = await aMember('Amina')
  const room = newId()
  const opened = await keepDraft(amina, 'ask', room, typed({ title: 'Deleted messages', body: 'They come back.' }))
  const seen = { draftId: opened.id ?? '', draftVersion: opened.version }
  await keepDraft(amina, 'ask', room, typed({ title: 'Deleted messages', body: 'They come back in the first tab.', ...seen }))
  const other = await keepDraft(amina, 'ask', room, typed({ title: 'Deleted messages', body: 'They come back in the second.', ...seen }))
  expect(other).toMatchObject({ version: 1, others: 1, gone: false })
  expect(other.id).not.toBe(opened.id)
  // The second tab goes on in its own text.
  const further = { draftId: other.id ?? '', draftVersion: other.version }
  await keepDraft(amina, 'ask', room, typed({ title: 'Deleted messages', body: 'In the second, at length.', ...further }))
  const { texts } = await draftPage(amina, 'ask', room)
  expect(texts.map(({ fields }) => fields.body).sort()).toEqual(['In the second, at length.', 'They come back in the first tab.'])
  await chooseDraft(amina, other.id ?? '')
  expect(await draftFor(amina, 'ask', room)).toMatchObject({
    newest: { fields: { body: 'In the second, at length.' } },
    others: 0,
    discarded: { id: opened.id },
  })
})

test('ten tabs at once lose nothing, and ten times the same is once', async () => {
  const amina = await aMember('Amina')
  const [one, ten] = [newId(), newId()]
  await Promise.all(Array.from({ length: 10 }, () => keepDraft(amina, 'comment', one, typed({ body: 'The same words' }))))
  expect((await draftPage(amina, 'comment', one)).texts).toHaveLength(1)
  const bodies = Array.from({ length: 10 }, (_, n) => `Words of tab ${n}`)
  await Promise.all(bodies.map((body) => keepDraft(amina, 'comment', ten, typed({ body }))))
  expect((await draftPage(amina, 'comment', ten)).texts.map(({ fields }) => fields.body).sort()).toEqual(bodies)
})

test('a discarded draft can be brought back, and is not brought back unasked by a tab that still stands open', async () => {
  const amina = await aMember('Amina')
  const post = newId()
  const { id, version } = await keepDraft(amina, 'edit', post, typed({ body: 'Clearer words', version: '3' }))
  await discardDraft(amina, id ?? '')
  expect(await draftFor(amina, 'edit', post)).toMatchObject({ newest: null, discarded: { id } })
  const late = typed({ body: 'Clearer words, late', draftId: id ?? '', draftVersion: version })
  expect(await keepDraft(amina, 'edit', post, late, true)).toMatchObject({ id: null, gone: true })
  await restoreDraft(amina, id ?? '')
  await restoreDraft(amina, id ?? '')
  expect(await draftFor(amina, 'edit', post)).toMatchObject({ newest: { fields: { body: 'Clearer words', version: '3' } } })
  // Pressing the button keeps it whatever became of the draft.
  await discardDraft(amina, id ?? '')
  expect(await keepDraft(amina, 'edit', post, late)).toMatchObject({ version: 1, gone: false })
})

test('emptying the form is discarding, so that it can be undone', async () => {
  const amina = await aMember('Amina')
  const thread = newId()
  const { id, version } = await keepDraft(amina, 'answer', thread, typed({ body: 'Half an answer' }))
  await keepDraft(amina, 'answer', thread, typed({ body: '  ', draftId: id ?? '', draftVersion: version }))
  expect(await draftFor(amina, 'answer', thread)).toMatchObject({ newest: null, discarded: { id } })
  expect(await keepDraft(amina, 'answer', thread, typed({ body: '' }))).toMatchObject({ id: null })
})

test('only its writer reads a draft: no operator, no visitor, no job, and not by plain SQL', async () => {
  const [amina, olu] = [await aMember('Amina'), await anOperator()]
  const thread = newId()
  const { id } = await keepDraft(amina, 'answer', thread, typed({ body: 'Not for others' }))
  for (const act of [discardDraft, restoreDraft, chooseDraft]) {
    await expect(act(olu, id ?? '')).rejects.toThrow(NotFound)
    await expect(act(visitor, id ?? '')).rejects.toThrow(Forbidden)
  }
  await expect(keepDraft(visitor, 'answer', thread, typed({ body: 'x' }))).rejects.toThrow(Forbidden)
  expect((await draftPage(olu, 'answer', thread)).texts).toEqual([])
  expect(await draftFor(visitor, 'answer', thread)).toBeNull()
  expect(await db.select().from(drafts)).toEqual([])
  for (const asker of [olu, systemViewer('notifications'), systemViewer('forget-drafts')])
    expect(
      await transaction(asker, (tx) =>
        tx
          .select()
          .from(drafts)
          .where(eq(drafts.id, id ?? '')),
      ),
    ).toEqual([])
  await expect(
    transaction(olu, (tx) =>
      tx.insert(drafts).values({
        id: newId(),
        personId: amina.personId,
        kind: 'ask',
        subjectId: thread,
        fields: {},
        savedAt: new Date(),
        keptUntil: new Date(),
      }),
    ),
  ).rejects.toThrow()
})

test('drafts are kept for 180 days after they were last touched, discarded ones for seven', async () => {
  const amina = await aMember('Amina')
  const kept = await keepDraft(amina, 'answer', newId(), typed({ body: 'Still thinking' }))
  const old = await keepDraft(amina, 'answer', newId(), typed({ body: 'Long forgotten' }))
  const discarded = await keepDraft(amina, 'answer', newId(), typed({ body: 'Set aside' }))
  await discardDraft(amina, discarded.id ?? '')
  const days = (until: Date | undefined) => Math.round(((until?.getTime() ?? 0) - Date.now()) / 86_400_000)
  const untilOf = async (id: string | null) => days((await rowsOf(amina)).find((row) => row.id === id)?.keptUntil)
  expect([await untilOf(kept.id), await untilOf(discarded.id)]).toEqual([180, 7])
  await owner
    .update(drafts)
    .set({ keptUntil: sql`now() - interval '1 minute'` })
    .where(eq(drafts.id, old.id ?? ''))
  await forgetDrafts()
  expect((await myDrafts(amina)).map(({ begins }) => begins).sort()).toEqual(['Set aside', 'Still thinking'])
})

test('a hundred drafts are enough; the hundred and first is refused and the others go on', async () => {
  const amina = await aMember('Amina')
  const row = (n: number) => ({
    ...{ id: newId(), personId: amina.personId, kind: 'answer' as const, subjectId: newId(), fields: { body: `Draft ${n}` } },
    ...{ savedAt: new Date(), keptUntil: new Date(Date.now() + 86_400_000) },
  })
  await owner.insert(drafts).values(Array.from({ length: 99 }, (_, n) => row(n)))
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => keepDraft(amina, 'answer', newId(), typed({ body: `One more ${n}` }))),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((tries.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toBeInstanceOf(Conflict)
  const [last] = await myDrafts(amina)
  const goesOn = DraftInput.parse({ body: 'And on', draftId: last?.id ?? '', draftVersion: last?.version })
  expect(await keepDraft(amina, 'answer', last?.subjectId ?? '', goesOn)).toMatchObject({ version: 2 })
  await discardDraft(amina, (await rowsOf(amina))[3]?.id ?? '')
  expect(await keepDraft(amina, 'answer', newId(), typed({ body: 'In the room that was made' }))).toMatchObject({ version: 1 })
  expect(await rowsOf(amina)).toHaveLength(100)
})

test('a draft leaves no trace in the log, and a kind or a place that is none is not there', async () => {
  const amina = await aMember('Amina')
  const before = await owner.select({ id: interactions.id }).from(interactions).where(eq(interactions.actorHandleId, amina.handleId))
  await keepDraft(amina, 'answer', newId(), typed({ body: 'Quietly' }))
  expect(await owner.select({ id: interactions.id }).from(interactions).where(eq(interactions.actorHandleId, amina.handleId))).toEqual(
    before,
  )
  await expect(keepDraft(amina, 'novel', newId(), typed({ body: 'x' }))).rejects.toThrow(NotFound)
  await expect(keepDraft(amina, 'answer', 'not-an-id', typed({ body: 'x' }))).rejects.toThrow(NotFound)
  await expect(discardDraft(amina, newId())).rejects.toThrow(NotFound)
})
