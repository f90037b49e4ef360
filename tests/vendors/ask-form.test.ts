import { expect, test } from 'vitest'
import { askFields } from '~/db/schema'
import { keepDraft, draftFor } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { indexThread, searchPage } from '~/server/search'
import {
  askPage,
  askQuestion,
  editPage,
  editPost,
  postHistory,
  restoreVersion,
  suggestEdit,
  suggestionPage,
  threadPage,
} from '~/server/threads'
import { askFormPage, defineAskForm } from '~/server/vendors'
import { AskFormInput } from '~/server/vendors/input'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aQuestionOf, kindsIn, lastEventIn } from '../threads/scene'
import { eq } from 'drizzle-orm'

const FORM = {
  label1: 'Version',
  kind1: 'line',
  required1: 'on',
  label2: 'System',
  kind2: 'choice',
  choices2: 'Linux\nWindows\n\nLinux',
  label3: 'What have you tried?',
  kind3: 'text',
  help3: 'Also what did not help.',
} as const

/** Dara has said what a question about Tern Mail should tell; Amina may ask. */
async function anAskForm() {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const dara = await aStaffMember(vendor)
  const amina = await aMember('Amina')
  const community = await aCommunity({ hostVendorId: vendor.id, productId: product.id, members: [amina] })
  const define = (form: Record<string, string>, by = dara) => defineAskForm(by, vendor.slug, product.slug, AskFormInput.parse(form))
  await define(FORM)
  const fields = (await askFormPage(dara, vendor.slug, product.slug)).fields
  const [version, system, tried] = fields.map(({ fieldId }) => fieldId) as [string, string, string]
  const filled = (values: Record<string, string>) => ({ detailFor: Object.keys(values), detail: Object.values(values) })
  return { vendor, product, dara, amina: await refreshed(amina), community, define, fields, version, system, tried, filled }
}
const page = (question: { slug: string; number: number }) =>
  threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })
const said = async (question: { slug: string; number: number }) =>
  (await page(question)).opening.details.map(({ label, value }) => `${label}: ${value}`)

test('staff of the vendor and operators say what is asked about a product; nobody else sees or changes it', async () => {
  const { vendor, product, amina, define, fields } = await anAskForm()
  expect(fields.map(({ label, kind, choices, required }) => ({ label, kind, choices, required }))).toEqual([
    { label: 'Version', kind: 'line', choices: [], required: true },
    { label: 'System', kind: 'choice', choices: ['Linux', 'Windows'], required: false },
    { label: 'What have you tried?', kind: 'text', choices: [], required: false },
  ])
  const rival = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const viewer of [amina, rival]) {
    await expect(askFormPage(viewer, vendor.slug, product.slug)).rejects.toThrow(Forbidden)
    await expect(define(FORM, viewer)).rejects.toThrow(Forbidden)
  }
  await expect(askFormPage(await anOperator(), vendor.slug, product.slug)).resolves.toMatchObject({ productName: 'Tern Mail' })
  await expect(askFormPage(amina, vendor.slug, 'nothing')).rejects.toThrow(NotFound)
  await expect(define({ label1: 'System', kind1: 'choice', choices1: 'Only one' })).rejects.toThrow(Invalid)
})

test('a question fills in the form of its product; what is required, too long or not offered is said beside the field', async () => {
  const { amina, community, product, version, system, tried, filled } = await anAskForm()
  expect((await askPage(amina, community.slug)).products[0]?.fields).toHaveLength(3)
  const ask = (values: Record<string, string>, of: string | undefined = product.id) =>
    askQuestion(amina, community.slug, { ...aQuestionOf, product: of, ...filled(values) })
  const wrong = await ask({ [version]: ' ', [system]: 'BeOS', [tried]: 'x'.repeat(2001) }).catch((error: unknown) => error)
  expect(wrong).toBeInstanceOf(Invalid)
  expect((wrong as Invalid).fields).toEqual({
    [`detail-${version}`]: 'required',
    [`detail-${system}`]: 'notChoice',
    [`detail-${tried}`]: 'tooLong:2000',
  })
  const question = await ask({
    [version]: ' 128.4 ',
    [system]: 'Linux',
    [tried]: 'Compacting.\nTwice.',
    '01900000-0000-7000-8000-000000000000': 'x',
  })
  expect(await said(question)).toEqual(['Version: 128.4', 'System: Linux', 'What have you tried?: Compacting.\nTwice.'])
  expect(await said(await ask({ [version]: '128.4' }, ''))).toEqual([])
  await indexThread(await lastEventIn(question.threadId))
  const found = await searchPage(visitor, { q: '128.4', community: community.slug })
  expect(JSON.stringify(found)).toContain(question.threadId)
})

test('fields change, and questions keep what they said; edits leave versions that can be restored', async () => {
  const { amina, community, product, define, fields, version, system, tried, filled } = await anAskForm()
  const question = await askQuestion(amina, community.slug, {
    ...aQuestionOf,
    product: product.id,
    ...filled({ [version]: '128', [system]: 'Linux' }),
  })
  await define({
    field1: version,
    label1: 'Version of Tern Mail',
    kind1: 'choice',
    choices1: '130\n131',
    required1: 'on',
    label2: 'Build',
    required2: 'on',
  })
  expect(await said(question)).toEqual(['Version: 128', 'System: Linux'])
  const { fields: today } = await editPage(amina, question.postId)
  expect(today.map(({ label }) => label)).toEqual(['Version of Tern Mail', 'Build'])
  expect(
    (await owner.select().from(askFields).where(eq(askFields.productId, product.id))).filter(({ retiredAt }) => retiredAt),
  ).toHaveLength(2)

  const words = { title: aQuestionOf.title, body: aQuestionOf.body, tags: [...aQuestionOf.tags], reason: undefined }
  await editPost(amina, question.postId, words)
  expect((await page(question)).opening.editCount).toBe(0)
  const build = today[1]?.fieldId ?? ''
  const edit = (values: Record<string, string>) => editPost(amina, question.postId, { ...words, ...filled(values) })
  await expect(edit({ [version]: 'x'.repeat(201) })).rejects.toMatchObject({ fields: { [`detail-${version}`]: 'tooLong:200' } })
  await expect(edit({ [system]: 'BeOS' })).rejects.toMatchObject({ fields: { [`detail-${system}`]: 'notChoice' } })
  await edit({ [version]: '128.1', [system]: '', [build]: 'b7' })
  expect(await said(question)).toEqual(['Version: 128.1', 'Build: b7'])
  const [newest] = (await postHistory(visitor, question.postId)).versions
  expect(newest?.lines.filter(({ kind }) => kind !== 'same').map(({ text }) => text)).toEqual([
    'Version: 128',
    'System: Linux',
    'Version: 128.1',
    'Build: b7',
  ])
  await restoreVersion(amina, question.postId, 1)
  expect(await said(question)).toEqual(['Version: 128', 'System: Linux'])
  expect((await kindsIn(question.threadId)).filter((kind) => kind === 'post.edited')).toHaveLength(2)
  expect(fields.map(({ fieldId }) => fieldId)).toContain(tried)
})

test('an answer is edited within the bounds of its kind; one that stands stays, also when it is no longer offered', async () => {
  const { amina, community, product, define, version, system, filled } = await anAskForm()
  const asked = { ...aQuestionOf, product: product.id, ...filled({ [version]: '128', [system]: 'Linux' }) }
  const { postId, ...question } = await askQuestion(amina, community.slug, asked)
  const words = { title: aQuestionOf.title, body: aQuestionOf.body, tags: [...aQuestionOf.tags], reason: undefined }
  const edit = (values: Record<string, string>) => editPost(amina, postId, { ...words, ...filled(values) })
  await expect(edit({ [version]: 'x'.repeat(201) })).rejects.toMatchObject({ fields: { [`detail-${version}`]: 'tooLong:200' } })
  await expect(edit({ [system]: 'BeOS' })).rejects.toMatchObject({ fields: { [`detail-${system}`]: 'notChoice' } })
  await edit({ [version]: '129 \n beta', [system]: 'Windows' })
  expect(await said(question)).toEqual(['Version: 129 beta', 'System: Windows'])
  await define({ field1: version, label1: 'Version', field2: system, label2: 'System', kind2: 'choice', choices2: 'GNU/Linux\nWindows 11' })
  await edit({ [version]: '130', [system]: 'Windows' })
  expect(await said(question)).toEqual(['Version: 130', 'System: Windows'])
  await edit({ [system]: '' })
  await restoreVersion(amina, postId, 1)
  expect(await said(question)).toEqual(['Version: 128', 'System: Linux'])
})

test('a suggested edit of the words leaves what was filled in', async () => {
  const { amina, community, product, version, filled } = await anAskForm()
  const chen = await aMember('Chen')
  const { postId } = await askQuestion(amina, community.slug, { ...aQuestionOf, product: product.id, ...filled({ [version]: '128' }) })
  const { suggestionId } = await suggestEdit(chen, postId, {
    title: aQuestionOf.title,
    body: 'Half of my messages are back.',
    reason: 'Shorter',
  })
  const { lines } = await suggestionPage(amina, suggestionId)
  expect(lines.filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'removed', text: aQuestionOf.body },
    { kind: 'added', text: 'Half of my messages are back.' },
  ])
})

test('a draft keeps what was filled in; ten who save the form at once leave one form', async () => {
  const { amina, community, product, dara, vendor, define, version, filled } = await anAskForm()
  const typed = { title: 'Half a question', product: product.id, ...filled({ [version]: '128' }) }
  await keepDraft(amina, 'ask', community.id, DraftInput.parse(typed))
  const fields = (await draftFor(amina, 'ask', community.id))?.newest?.fields
  expect(fields).toMatchObject({ title: 'Half a question', details: JSON.stringify({ [version]: '128' }) })
  await Promise.all(Array.from({ length: 10 }, (_, n) => define({ label1: `Version ${n}` })))
  expect((await askFormPage(dara, vendor.slug, product.slug)).fields).toHaveLength(1)
})
