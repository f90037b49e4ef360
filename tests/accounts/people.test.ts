import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, posts, threads } from '~/db/schema'
import { createPerson, personPage, signIn } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, asViewer, owner, unique } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, PASSWORD, someone } from './support'

async function asks(person: PersonViewer, communityId: string, title: string) {
  const threadId = newId()
  await owner.insert(threads).values({ id: threadId, communityId, kind: 'question', title, handleId: person.handleId })
  await owner.insert(posts).values({ id: newId(), threadId, kind: 'opening', handleId: person.handleId, markdown: title, html: title })
  return threadId
}

const titlesFor = async (viewer: Parameters<typeof personPage>[0], handle: string) =>
  (await personPage(viewer, handle)).acts.map((act) => act.title)

test('a person’s page shows only what was done in rooms that the viewer may read', async () => {
  const amina = await aMember('Amina')
  const chen = await aMember('Chen')
  const open = await aCommunity()
  const closed = await aCommunity({ access: 'invitation', members: [amina, chen] })
  const asked = await aCommunity({ access: 'request', members: [amina] })
  await asks(amina, open.id, 'In the open')
  await asks(amina, closed.id, 'Behind the door')
  await asks(amina, asked.id, 'By request')

  expect(await titlesFor(visitor, amina.handle)).toEqual(['In the open'])
  expect(await titlesFor(await aMember('Dara'), amina.handle)).toEqual(['In the open'])
  expect(await titlesFor(await asViewer(chen.personId), amina.handle)).toEqual(['Behind the door', 'In the open'])
  expect(await titlesFor(await anOperator(), amina.handle)).toHaveLength(3)
})

test('the page goes on to older acts', async () => {
  const amina = await aMember('Amina')
  const open = await aCommunity()
  for (let n = 0; n < 23; n += 1) await asks(amina, open.id, `Question ${n}`)
  const first = await personPage(visitor, amina.handle)
  const rest = await personPage(visitor, amina.handle, first.older)
  expect(first.acts).toHaveLength(20)
  expect(rest.acts).toHaveLength(3)
  expect(rest.older).toBeNull()
  expect(new Set([...first.acts, ...rest.acts].map((act) => act.id)).size).toBe(23)
})

test('imported authors have no page, and nor has nobody', async () => {
  const name = unique('import')
  await owner.insert(handles).values({ id: newId(), kind: 'placeholder', displayName: name, source: 'test' })
  await expect(personPage(visitor, name)).rejects.toThrow(NotFound)
  await expect(personPage(visitor, 'no\u0000body')).rejects.toThrow(NotFound)
})

test.each(['x', '2026-99-99T00:00:00Z_x', "'; drop table people"])('a cursor %j that nobody gave begins at the top', async (before) => {
  const amina = await aMember('Amina')
  expect((await personPage(visitor, amina.handle, before)).acts).toEqual([])
})

test('the seed and the command line make people with everything they need', async () => {
  const given = someone('olu')
  const { personId } = await db.transaction((tx) => createPerson(tx, { ...given, confirmed: true, operator: true }))
  expect(await asViewer(personId)).toMatchObject({ confirmed: true, isOperator: true, handle: given.handle })
  expect(await eventsOf(personId)).toEqual(['person.signed-up', 'email.confirmed', 'operator.appointed', 'session.started'].slice(0, 3))
  expect((await signIn(visitor, { email: given.email, password: PASSWORD }, aPlace())).secondStep).toBe(false)
  expect(await fieldsOf(db.transaction((tx) => createPerson(tx, { ...someone('other'), email: given.email, confirmed: true })))).toEqual({
    email: 'taken',
  })
  expect(await fieldsOf(db.transaction((tx) => createPerson(tx, { ...someone('other'), email: 'nobody' })))).toEqual({ email: 'notEmail' })
})
