import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { askFields, products, vendors } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { MOST_ASK_FIELDS, type AskFormInput } from './input'
import type { AskField } from './types'

/** What a question about these products is asked to say, in the order of the form. */
export async function fieldsToFill(productIds: string[], reader: Pick<Tx, 'select'> = db): Promise<(AskField & { productId: string })[]> {
  if (productIds.length === 0) return []
  const { id: fieldId, productId, kind, label, help, choices, required } = askFields
  return reader
    .select({ fieldId, productId, kind, label, help, choices, required })
    .from(askFields)
    .where(and(inArray(productId, productIds), isNull(askFields.retiredAt)))
    .orderBy(asc(productId), asc(askFields.position))
}

export async function askFormPage(viewer: Viewer, vendorSlug: string, productSlug: string) {
  const product = await productOf(vendorSlug, productSlug)
  authorize(viewer, 'ask-form.define', product)
  return { ...product, fields: (await fieldsToFill([product.productId])).map(({ productId: _, ...field }) => field) }
}

/**
 * The form as it is from now on. A field that stays keeps its id, one that is emptied is taken away; questions keep what they answered,
 * under the label that they were asked.
 */
export async function defineAskForm(viewer: Viewer, vendorSlug: string, productSlug: string, input: AskFormInput) {
  return transaction(viewer, async (tx) => {
    const product = await productOf(vendorSlug, productSlug, tx)
    authorize(viewer, 'ask-form.define', product)
    const { productId, vendorId } = product
    // One at a time: two who save at once leave one form, not both.
    await tx.select({ id: products.id }).from(products).where(eq(products.id, productId)).for('update')
    const before = await tx
      .select()
      .from(askFields)
      .where(and(eq(askFields.productId, productId), isNull(askFields.retiredAt)))
    const rows = rowsOf(input)
    const kept = new Set(rows.map(({ id }) => id))
    for (const { id } of before) if (!kept.has(id)) await tx.update(askFields).set({ retiredAt: now() }).where(eq(askFields.id, id))
    for (const { id, ...field } of rows)
      if (before.some((one) => one.id === id)) await tx.update(askFields).set(field).where(eq(askFields.id, id))
      else await tx.insert(askFields).values({ id: newId(), productId, ...field, createdAt: now() })
    await record(tx, viewer, 'ask-form.defined', { vendorId, productId })
    return product
  })
}

function rowsOf(input: AskFormInput) {
  const errors: Record<string, string> = {}
  const rows = Array.from({ length: MOST_ASK_FIELDS }, (_, index) => index + 1).flatMap((n) => {
    const value = <K extends string>(name: K) => (input as Record<string, string | boolean | undefined>)[`${name}${n}`]
    const label = String(value('label') ?? '')
    if (!label) return []
    const kind = value('kind') as AskField['kind']
    const choices = [
      ...new Set(
        String(value('choices') ?? '')
          .split('\n')
          .map((choice) => choice.trim())
          .filter(Boolean),
      ),
    ]
    if (kind === 'choice' && (choices.length < 2 || choices.length > 20)) errors[`choices${n}`] = 'askForm.choices'
    else if (choices.some((choice) => [...choice].length > 80)) errors[`choices${n}`] = 'tooLong:80'
    const field = {
      label,
      kind,
      help: String(value('help') ?? ''),
      choices: kind === 'choice' ? choices : [],
      required: value('required') === true,
    }
    return [{ id: String(value('field') ?? ''), position: n, ...field }]
  })
  if (Object.keys(errors).length > 0) throw new Invalid(errors)
  return rows
}

async function productOf(vendorSlug: string, productSlug: string, reader: Pick<Tx, 'select'> = db) {
  const [product] = await reader
    .select({
      productId: products.id,
      productName: products.name,
      productSlug: products.slug,
      vendorId: vendors.id,
      vendorName: vendors.name,
      vendorSlug: vendors.slug,
    })
    .from(products)
    .innerJoin(vendors, eq(vendors.id, products.vendorId))
    .where(and(eq(vendors.slug, vendorSlug), eq(products.slug, productSlug)))
  if (!product) throw new NotFound()
  return product
}
