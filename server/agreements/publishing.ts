import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { vendorPolicies } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { policyOf, vendorNamed } from './facts'
import type { PolicyInput } from './input'
import { readTerms, SERVICE_TERMS } from './roster'

/** Says what a vendor accepts from now on. Agreements stand as they were made: a new policy asks again, and widens none of them. */
export async function publishTerms(viewer: PersonViewer, vendorSlug: string, input: PolicyInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const accepts = SERVICE_TERMS.filter((terms) => input.accepts.some((said) => readTerms(said) === terms))
  if (accepts.length === 0) throw new Invalid({ accepts: 'agreement.acceptSomething' })
  const counter = ['refuse', 'staff'].includes(input.otherwise) ? null : readTerms(input.otherwise)
  if (!['refuse', 'staff'].includes(input.otherwise) && (!counter || !accepts.includes(counter)))
    throw new Invalid({ otherwise: 'agreement.counterAccepted' })

  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'terms.publish', { vendorId })
    const now = await policyOf(tx, vendorId)
    const staffAnswer = input.otherwise === 'staff'
    if (now.policyId && now.accepts.join() === accepts.join() && now.counter === counter && now.staffAnswer === staffAnswer) return
    const policyId = newId()
    const made = await tx
      .insert(vendorPolicies)
      .values({ id: policyId, vendorId, version: now.version + 1, accepts, counter, staffAnswer, publishedBy: viewer.personId })
      .onConflictDoNothing()
      .returning({ id: vendorPolicies.id })
    if (made.length === 0) throw new Conflict('conflict')
    await record(tx, viewer, 'terms.published', { vendorId, policyId })
  })
}
