import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { fieldValues } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { fieldOf, on, subjectOf, type FieldHead, type Subject } from './facts'
import type { EarlierInput, ValueInput } from './input'
import { valueOf } from './rules'
import { countUse } from './using'

/** Says what a field says from now on. What it said before stays under it. The same once more is nothing. */
export async function fillField(viewer: PersonViewer, fieldId: string, object: string, id: string, input: ValueInput): Promise<void> {
  await filling(viewer, fieldId, object, id, (field) => {
    const read = valueOf(field.kind, field.choices, input.value ?? '')
    if ('wrong' in read) throw new Invalid({ value: read.wrong })
    return Promise.resolve({ value: read.value })
  })
}

/** Lets an earlier value stand again, as a new one that says where it comes from. */
export async function restoreEarlier(
  viewer: PersonViewer,
  fieldId: string,
  object: string,
  id: string,
  { nth }: EarlierInput,
): Promise<void> {
  await filling(viewer, fieldId, object, id, async (field, subject, tx) => {
    const [earlier] = await tx.execute<{ value: string }>(
      sql`select v.value from field_values v where v.field_id = ${field.fieldId} and ${on(subject, 'v')} and v.nth = ${nth}`,
    )
    if (!earlier) throw new NotFound()
    return { value: earlier.value, restores: nth }
  })
}

type Said = { value: string; restores?: number }

async function filling(
  viewer: PersonViewer,
  fieldId: string,
  object: string,
  id: string,
  says: (field: FieldHead, subject: Subject, tx: Tx) => Promise<Said>,
): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const [field, subject] = [await fieldOf(tx, viewer, fieldId), await subjectOf(tx, viewer, object, id)]
      if (field.object !== subject.object || field.vendorId !== subject.vendorId || field.retiredAt) throw new NotFound()
      authorize(viewer, 'field.fill', field)
      if (!field.sources.includes('staff')) throw new Conflict('field.notByHand')
      const [last] = await tx.execute<{ nth: number; value: string }>(
        sql`select v.nth, v.value from field_values v where v.field_id = ${field.fieldId} and ${on(subject, 'v')} order by v.nth desc limit 1`,
      )
      const said = await says(field, subject, tx)
      if (said.value === (last?.value ?? '')) return
      const { vendorId } = field
      const of = subject.object === 'account' ? { accountId: subject.id } : { relationshipId: subject.id }
      await tx.insert(fieldValues).values({
        ...{ id: newId(), vendorId, fieldId: field.fieldId, ...of, nth: (last?.nth ?? 0) + 1, ...said },
        ...{ source: 'staff', saidBy: viewer.personId, saidAt: now() },
      })
      await countUse(tx, 'writes', [field])
      await record(tx, viewer, 'field.filled', { vendorId, fieldId: field.fieldId, ...of })
    })
  } catch (error) {
    // Somebody else wrote at the same moment; theirs stands, and this one was kept in the form.
    if (/^field_values_(of_account|of_relationship|order)$/.test(refusedBy(error) ?? '')) throw new Conflict('conflict')
    throw error
  }
}
