import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { vendorFields } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled } from '~/server/relationships'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { fieldOf, vendorServed } from './facts'
import type { FieldChangeInput, FieldInput } from './input'
import { choicesOf, MOST_CHOICES, MOST_FIELDS, type FieldKind } from './rules'

/** A field from now on: with whoever owns it, and the decision that reads it. Without both it is not made. */
export async function defineField(viewer: PersonViewer, vendorSlug: string, input: FieldInput): Promise<string> {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'field.define', vendor)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  if (input.object === 'relationship' && input.class !== 'business') throw new Invalid({ class: 'field.ofTheVault' })
  const choices = choicesFor(input.kind, input.choices)
  return unlessTaken(() =>
    transaction(viewer, async (tx) => {
      const ownerId = await colleagueCalled(tx, vendorId, input.owner)
      const [{ count } = { count: 0 }] = await tx
        .select({ count: sql<number>`count(*)::int` })
        .from(vendorFields)
        .where(and(eq(vendorFields.vendorId, vendorId), eq(vendorFields.object, input.object), isNull(vendorFields.retiredAt)))
      if (count >= MOST_FIELDS) throw new Conflict('field.tooMany')
      const fieldId = newId()
      const { object, kind, name, group, decision, sources } = input
      await tx.insert(vendorFields).values({
        ...{ id: fieldId, vendorId, object, kind, name, fieldGroup: group, decision, sources: once(sources), choices, ownerId },
        ...{ class: input.class, createdBy: viewer.personId },
      })
      await record(tx, viewer, 'field.defined', { vendorId, fieldId })
      return fieldId
    }),
  )
}

/** Another name, heading, owner or decision. What stands under the field stays; a choice that is taken away stays where it was made. */
export async function changeField(viewer: PersonViewer, fieldId: string, input: FieldChangeInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await unlessTaken(() =>
    transaction(viewer, async (tx) => {
      const it = await fieldOf(tx, viewer, fieldId)
      authorize(viewer, 'field.define', it)
      const choices = choicesFor(it.kind, input.choices)
      const ownerId = await colleagueCalled(tx, it.vendorId, input.owner)
      await tx
        .update(vendorFields)
        .set({ name: input.name, fieldGroup: input.group, decision: input.decision, sources: once(input.sources), choices, ownerId })
        .where(eq(vendorFields.id, it.fieldId))
      await record(tx, viewer, 'field.changed', { vendorId: it.vendorId, fieldId: it.fieldId })
    }),
  )
}

/** It is shown nowhere from now on, and what it said is kept. */
export async function retireField(viewer: PersonViewer, fieldId: string): Promise<string> {
  return turn(viewer, fieldId, 'field.retired')
}

/** It is shown again, with what it said. */
export async function bringBackField(viewer: PersonViewer, fieldId: string): Promise<string> {
  return turn(viewer, fieldId, 'field.brought-back')
}

async function turn(viewer: PersonViewer, fieldId: string, how: 'field.retired' | 'field.brought-back'): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    const it = await fieldOf(tx, viewer, fieldId)
    authorize(viewer, 'field.define', it)
    const retires = how === 'field.retired'
    const turned = await tx
      .update(vendorFields)
      .set({ retiredAt: retires ? now() : null })
      .where(and(eq(vendorFields.id, it.fieldId), retires ? isNull(vendorFields.retiredAt) : sql`${vendorFields.retiredAt} is not null`))
      .returning({ id: vendorFields.id })
    if (turned.length > 0) await record(tx, viewer, how, { vendorId: it.vendorId, fieldId: it.fieldId })
    return it.vendorSlug
  })
}

const once = <T>(some: T[]): T[] => [...new Set(some)]

function choicesFor(kind: FieldKind, typed = ''): string[] {
  if (kind !== 'choice') return []
  const choices = choicesOf(typed)
  if (choices.length < 2) throw new Invalid({ choices: 'field.fewChoices' })
  if (choices.length > MOST_CHOICES) throw new Invalid({ choices: 'field.manyChoices' })
  if (choices.some((one) => one.length > 100)) throw new Invalid({ choices: 'field.longChoice' })
  return choices
}

async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusedBy(error) === 'vendor_fields_once') throw new Invalid({ name: 'field.nameTaken' })
    throw error
  }
}
