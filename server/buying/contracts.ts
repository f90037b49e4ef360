import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { contracts } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { staffOpportunity } from './facts'
import type { ContractInput } from './input'
import { endsOf } from './outcomes'

/** Too short to say what is another in a contract. */
const SHORTEST_CHANGE = 10
const MOST_VERSIONS = 50

export type Contract = {
  nth: number
  from: string
  until: string
  notice: string
  amount: number
  currency: string
  agreed: string
  signedBy: string
  signedOn: string
  changed: string
}

/** What was signed, newest first: the first one stands, those after it were replaced. */
export async function contractsOf(tx: Tx, opportunityId: string): Promise<Contract[]> {
  const rows =
    await tx.execute<Contract>(sql`select c.nth, c.starts_on::text as "from", c.ends_on::text as until, c.notice_on::text as notice,
      c.amount::float8 as amount, c.currency, c.agreed, c.signed_by as "signedBy", c.signed_on::text as "signedOn", c.changed
    from contracts c where c.opportunity_id = ${opportunityId} order by c.nth desc limit ${MOST_VERSIONS}`)
  return [...rows]
}

/** /opportunities/:id/contract */
export async function contractForm(viewer: PersonViewer, opportunityId: string) {
  return transaction(viewer, async (tx) => {
    const it = await staffOpportunity(tx, viewer, opportunityId)
    authorize(viewer, 'contract.sign', it)
    const [standing = null] = await contractsOf(tx, it.opportunityId)
    return { id: it.opportunityId, name: it.name, amount: Number(it.amount).toFixed(2), currency: it.currency, standing }
  })
}

/** Keeps what was signed. Where something stands already it replaces that, and says what changed. */
export async function signContract(viewer: PersonViewer, opportunityId: string, input: ContractInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  const { from, until, notice, amount, currency, agreed, signedBy, signedOn, changed = '' } = input
  if (until < from) throw new Invalid({ until: 'contract.endsBefore' })
  if (notice < from || notice > until) throw new Invalid({ notice: 'contract.noticeOutside' })
  if (signedOn > today()) throw new Invalid({ signedOn: 'contract.notYet' })
  try {
    return await transaction(viewer, async (tx) => {
      const it = await staffOpportunity(tx, viewer, opportunityId)
      authorize(viewer, 'contract.sign', it)
      const ends = await endsOf(tx, it.opportunityId)
      if (ends[0] && ends[0].outcome !== 'won') throw new Conflict('contract.notWon')
      const [standing] = await contractsOf(tx, it.opportunityId)
      if (standing && changed.length < SHORTEST_CHANGE) throw new Invalid({ changed: 'contract.sayWhat' })
      if (standing && standing.nth >= MOST_VERSIONS) throw new Conflict('contract.tooOften')
      const contractId = newId()
      const { vendorId, accountId } = it
      await tx.insert(contracts).values({
        ...{ id: contractId, vendorId, accountId, opportunityId: it.opportunityId, nth: 1 + (standing?.nth ?? 0) },
        ...{ startsOn: from, endsOn: until, noticeOn: notice, amount, currency, agreed, signedBy, signedOn },
        ...{ changed: standing ? changed : '', recordedBy: viewer.personId, recordedAt: now() },
      })
      await record(tx, viewer, standing ? 'contract.amended' : 'contract.signed', { vendorId, accountId, contractId })
      return contractId
    })
  } catch (error) {
    if (['contracts_follow', 'contracts_in_order'].includes(refusedBy(error) ?? '')) throw new Conflict('conflict')
    throw error
  }
}
