import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { grantAttributes, grants, vaultAttributes, vendors } from '~/db/schema'
import { settleTerms } from '~/server/agreements'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, isAttributeKey, isFieldKey, type FieldKey } from './catalogue'
import type { GrantInput, Purpose } from './input'
import { endOfDay, wrongWithDay } from './rules'

/** Lets one vendor read the named fields, for one purpose, through a last day. Returns the grant's id. */
export async function giveGrant(viewer: PersonViewer, input: GrantInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  const wrongDay = wrongWithDay(input.until, now())
  if (wrongDay) throw new Invalid({ until: wrongDay })
  const keys = [...new Set(input.attributes)].filter(isFieldKey)
  if (keys.length === 0) throw new Invalid({ attributes: 'vault.chooseFields' })
  if (input.purpose !== 'relationship' && keys.some((key) => isAttributeKey(key) && attribute(key).identifies))
    throw new Invalid({ attributes: 'vault.identifiesYou' })

  const agreement = await settleTerms(viewer, input.vendor).catch((error: unknown) => {
    throw error instanceof NotFound ? new Invalid({ vendor: 'notChoice' }) : error
  })

  return transaction(viewer, async (tx) => {
    const [vendor] = await tx.select({ id: vendors.id }).from(vendors).where(eq(vendors.slug, input.vendor))
    if (!vendor) throw new Invalid({ vendor: 'notChoice' })
    authorize(viewer, 'grant.give', { personId: viewer.personId })
    return insertGrant(tx, viewer, { vendorId: vendor.id, purpose: input.purpose, keys, endsAt: endOfDay(input.until), agreement })
  })
}

type Given = {
  vendorId: string
  purpose: Purpose
  keys: FieldKey[]
  endsAt: Date
  agreement: Awaited<ReturnType<typeof settleTerms>>
}

/** Writes a grant of fields that are kept, under terms that both sides have accepted. */
export async function insertGrant(tx: Tx, viewer: PersonViewer, { vendorId, purpose, keys, endsAt, agreement }: Given): Promise<string> {
  const kept = await tx
    .select({ key: vaultAttributes.key, sensitive: vaultAttributes.sensitive })
    .from(vaultAttributes)
    .where(and(eq(vaultAttributes.personId, viewer.personId), inArray(vaultAttributes.key, keys)))
  if (kept.length < keys.length) throw new Invalid({ attributes: 'vault.notKept', fields: 'vault.notKept' })
  if (purpose !== 'relationship' && kept.some(({ sensitive }) => sensitive)) throw new Invalid({ attributes: 'vault.identifiesYou' })
  const [id, { personId, handleId }] = [newId(), viewer]
  await tx
    .insert(grants)
    .values({ id, personId, handleId, vendorId, purpose, endsAt, agreementId: agreement.negotiationId, terms: agreement.terms })
  await tx.insert(grantAttributes).values(keys.map((key) => ({ grantId: id, key })))
  await record(tx, viewer, 'grant.given', { grantId: id, personId, handleId, vendorId, purpose, attributes: keys.length })
  return id
}

/** Ends a grant now. What was read until then stays written down; nothing is read after. */
export async function revokeGrant(viewer: PersonViewer, grantId: string): Promise<void> {
  if (!isId(grantId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [grant] = await tx.select().from(grants).where(eq(grants.id, grantId)).for('update')
    if (!grant) throw new NotFound()
    mustBeFound(viewer, 'grant.revoke', grant)
    if (grant.revokedAt) return
    const ended = await tx
      .update(grants)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(grants.id, grantId), isNull(grants.revokedAt)))
      .returning({ id: grants.id })
    if (ended.length === 0) throw new Conflict('conflict')
    await record(tx, viewer, 'grant.revoked', {
      grantId,
      personId: grant.personId,
      handleId: grant.handleId,
      vendorId: grant.vendorId,
      purpose: grant.purpose,
    })
  })
}
