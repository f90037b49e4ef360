import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { productsInMind } from '~/db/schema'
import { nextStep, passStep, welcomePage } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { howOften, keepHowOften, settingsPage } from '~/server/notifications'
import { keepProductsInMind, productsToChoose, roomsInMind, vendorsInMind } from '~/server/vendors'
import { fieldsGranted } from '~/server/vault'
import { aCommunity, aMember, aProduct, aVendor, owner } from '../support/cast'
import { eventsOf } from './support'

test('three steps, each taken or left out once; where one stopped, one goes on', async () => {
  const jun = await aMember('Jun')
  expect((await welcomePage(jun)).next).toBe('products')
  expect(nextStep(await passStep(jun, 'products'))).toBe('mail')
  await passStep(jun, 'products')
  expect((await welcomePage(jun)).next).toBe('mail')
  await Promise.all(Array.from({ length: 10 }, () => passStep(jun, 'vendors')))
  expect((await welcomePage(jun)).next).toBe('mail')
  await passStep(jun, 'mail')
  expect((await welcomePage(jun)).next).toBeNull()
  expect((await eventsOf(jun.personId)).filter((kind) => kind === 'welcome.passed')).toHaveLength(3)
  await expect(passStep(jun, 'anything')).rejects.toThrow(NotFound)
})

test('what somebody uses or considers leads to its rooms, and nobody else reads it', async () => {
  const jun = await aMember('Jun')
  const vendor = await aVendor()
  const [mail, pocket, other] = [await aProduct(vendor), await aProduct(vendor, 'Tern Pocket'), await aProduct(await aVendor('Halyard'))]
  const open = await aCommunity({ hostVendorId: vendor.id })
  const secret = await aCommunity({ access: 'invitation', hostVendorId: vendor.id })

  await keepProductsInMind(jun, { using: [mail.id], considering: [mail.id, pocket.id, newId()] })
  const chosen = (await productsToChoose(jun)).filter((product) => product.stance)
  expect(new Map(chosen.map((product) => [product.productId, product.stance]))).toEqual(
    new Map([
      [mail.id, 'using'],
      [pocket.id, 'considering'],
    ]),
  )
  const rooms = (await roomsInMind(jun)).map((room) => room.slug)
  expect(rooms).toContain(open.slug)
  expect(rooms).not.toContain(secret.slug)
  expect((await vendorsInMind(jun)).map(({ slug }) => slug)).toEqual([vendor.slug])

  const chen = await aMember('Chen')
  const seenBy = (viewer: Parameters<typeof transaction>[0]) =>
    transaction(viewer, (tx) => tx.select().from(productsInMind).where(eq(productsInMind.personId, jun.personId)))
  expect(await seenBy(jun)).toHaveLength(2)
  expect(await seenBy(chen)).toEqual([])

  await keepProductsInMind(jun, { using: [], considering: [other.id] })
  expect(await owner.select().from(productsInMind).where(eq(productsInMind.personId, jun.personId))).toHaveLength(1)
})

test('how often one is written to is one answer, which the settings show', async () => {
  const jun = await aMember('Jun')
  expect(await howOften(jun)).toBe('proposed')
  await keepHowOften(jun, { often: 'weekly' })
  expect(await settingsPage(jun)).toMatchObject({ mode: 'digest-only', digest: 'weekly' })
  await keepHowOften(jun, { often: 'nothing' })
  expect(await howOften(jun)).toBe('nothing')
})

test('who granted nothing shows nothing', async () => {
  expect(await fieldsGranted(await aMember('Jun'))).toEqual([])
})
