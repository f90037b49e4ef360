import { eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accounts, identityKeys, vendorOrganizations, type Provenance } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled } from '~/server/relationships'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { staffAccount, vendorServed } from './facts'
import type { AccountChangeInput, AccountInput } from './input'
import { keyFrom } from './keys'
import { companyName } from './names'

/** A company that the vendor has to do with from now on. Another of its name is kept only when that is said. */
export async function keepAccount(viewer: PersonViewer, vendorSlug: string, input: AccountInput): Promise<string> {
  const vendor = await vendorServed(viewer, vendorSlug)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  return unlessTaken(() =>
    transaction(viewer, async (tx) => {
      authorize(viewer, 'account.keep', vendor)
      const company = companyName(input.name)
      if (!input.anyway && (await standsUnder(tx, vendorId, company.nameNorm))) throw new Invalid({ name: 'account.alike' })
      const ownerId = await colleagueCalled(tx, vendorId, input.owner)
      const [accountId, organizationId] = [newId(), newId()]
      await tx.insert(vendorOrganizations).values({
        ...{ id: organizationId, vendorId, ...company, ...placeOf(input) },
        ...{ provenance: saidByStaff({ name: company.name, ...placeOf(input) }), createdBy: viewer.personId },
      })
      await tx
        .insert(accounts)
        .values({ id: accountId, vendorId, organizationId, ownerId, ...dealingsOf(input), lastAt: now(), createdBy: viewer.personId })
      await keepDomain(tx, vendorId, organizationId, input.domain)
      await record(tx, viewer, 'account.kept', { accountId, organizationId, vendorId })
      return accountId
    }),
  )
}

type NewAccount = { accountId: string; organizationId: string; name: string; city: string }

/** Keeps many companies at once, with what the vendor has to do with them. Who calls has looked whether they are known. */
export async function insertAccounts(
  tx: Tx,
  vendorId: string,
  by: { personId: string; ownerId: string; source: Provenance[string]['from'] },
  rows: NewAccount[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.insert(vendorOrganizations).values(
    rows.map(({ organizationId, name, city }) => ({
      ...{ id: organizationId, vendorId, ...companyName(name), city, country: '' },
      ...{ provenance: saidBy(by.source, { name, city }), createdBy: by.personId },
    })),
  )
  await tx.insert(accounts).values(
    rows.map(({ accountId: id, organizationId }) => ({
      id,
      vendorId,
      organizationId,
      ownerId: by.ownerId,
      lastAt: now(),
      createdBy: by.personId,
    })),
  )
}

export async function changeAccount(viewer: PersonViewer, accountId: string, input: AccountChangeInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await unlessTaken(() =>
    transaction(viewer, async (tx) => {
      const it = await staffAccount(tx, viewer, accountId)
      authorize(viewer, 'account.keep', it)
      const { vendorId, organizationId } = it
      const company = companyName(input.name)
      const said = saidByStaff({ name: company.name, ...placeOf(input) })
      await tx
        .update(vendorOrganizations)
        .set({ ...company, ...placeOf(input), provenance: sql`${vendorOrganizations.provenance} || ${JSON.stringify(said)}::jsonb` })
        .where(eq(vendorOrganizations.id, organizationId))
      await tx.update(accounts).set(dealingsOf(input)).where(eq(accounts.id, accountId))
      await keepDomain(tx, vendorId, organizationId, input.domain)
      await record(tx, viewer, 'account.changed', { accountId, organizationId, vendorId })
    }),
  )
}

const placeOf = ({ city = '', country }: AccountChangeInput) => ({ city, country })
const dealingsOf = ({ segment = '', useCase = '', urgency, constraints = '' }: AccountChangeInput) => ({
  segment,
  useCase,
  urgency,
  constraints,
})

/** Of what holds something: that staff said it, now. */
export function saidByStaff(fields: Record<string, string>): Provenance {
  return saidBy('staff', fields)
}

export function saidBy(from: Provenance[string]['from'], fields: Record<string, string>): Provenance {
  const at = now().toISOString()
  return Object.fromEntries(Object.entries(fields).flatMap(([field, value]) => (value ? [[field, { from, at }]] : [])))
}

async function standsUnder(tx: Tx, vendorId: string, nameNorm: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: vendorOrganizations.id })
    .from(vendorOrganizations)
    .where(
      sql`${vendorOrganizations.vendorId} = ${vendorId} and ${vendorOrganizations.nameNorm} = ${nameNorm} and ${vendorOrganizations.mergedInto} is null`,
    )
    .limit(1)
  return found !== undefined
}

/** One domain is typed in by hand; others may have come by imports, and stay. */
async function keepDomain(tx: Tx, vendorId: string, organizationId: string, typed: string | undefined): Promise<void> {
  const key = typed ? keyFrom('domain', typed) : null
  if (typed && !key) throw new Invalid({ domain: 'account.notDomain' })
  await tx.delete(identityKeys)
    .where(sql`${identityKeys.organizationId} = ${organizationId} and ${identityKeys.kind} = 'domain' and ${identityKeys.source} = 'staff'
      and ${identityKeys.valueNorm} <> ${key?.valueNorm ?? ''}`)
  if (key)
    await tx
      .insert(identityKeys)
      .values({ id: newId(), vendorId, organizationId, ...key, source: 'staff' })
      .onConflictDoNothing({ target: [identityKeys.organizationId, identityKeys.kind, identityKeys.valueNorm] })
}

async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusedBy(error) === 'identity_keys_one_record') throw new Invalid({ domain: 'account.domainTaken' })
    throw error
  }
}
