import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { asJob, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { termPreferences } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { vendorNamed } from './facts'
import type { PreferenceInput } from './input'
import { objects } from './objecting'
import { termsOf, withoutSharing, type Terms } from './roster'
import { consistent, USUAL_PREFERENCE, type Preference } from './rules'

/** Keeps the terms that the person offers: to every vendor, or to one. What was agreed before stays as it was agreed. */
export async function preferTerms(viewer: PersonViewer, input: PreferenceInput, vendorSlug: string | null = null): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const vendorId = vendorSlug === null ? null : (await vendorNamed(tx, vendorSlug)).vendorId
    authorize(viewer, 'terms.prefer', { personId: viewer.personId })
    const said = consistent({
      proffered: termsOf(input.reach, input.portable === 'on'),
      furthest: termsOf(input.furthest, input.furthestPortable === 'on'),
      agentAccepts: input.agent === 'accepts',
      beyond: input.beyond,
    })
    await tx
      .insert(termPreferences)
      .values({ id: newId(), personId: viewer.personId, vendorId, ...said })
      .onConflictDoUpdate({ target: [termPreferences.personId, termPreferences.vendorId], set: { ...said, changedAt: sql`now()` } })
    await record(tx, viewer, 'terms.preferred', { personId: viewer.personId, vendorId })
  })
}

/** From here on this vendor is offered what every vendor is. */
export async function preferAsElsewhere(viewer: PersonViewer, vendorSlug: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'terms.prefer', { personId: viewer.personId })
    const gone = await tx
      .delete(termPreferences)
      .where(and(eq(termPreferences.personId, viewer.personId), eq(termPreferences.vendorId, vendorId)))
      .returning({ id: termPreferences.id })
    if (gone.length > 0) await record(tx, viewer, 'terms.preferred', { personId: viewer.personId, vendorId })
  })
}

/** What a person offers a vendor, as they chose it. */
export async function preferenceTowards(
  tx: Tx,
  personId: string,
  vendorId: string | null,
): Promise<Preference & { own: boolean; objecting: boolean }> {
  const [rows, objecting] = await asJob(tx, 'negotiate', () =>
    Promise.all([
      tx
        .select()
        .from(termPreferences)
        .where(
          and(
            eq(termPreferences.personId, personId),
            vendorId ? or(isNull(termPreferences.vendorId), eq(termPreferences.vendorId, vendorId)) : isNull(termPreferences.vendorId),
          ),
        ),
      objects(tx, personId),
    ]),
  )
  const own = rows.find((row) => row.vendorId !== null)
  const { proffered, furthest, agentAccepts, beyond } = own ?? rows[0] ?? USUAL_PREFERENCE
  return { proffered, furthest, agentAccepts, beyond, own: own !== undefined, objecting }
}

/** What their agent goes by: while they object to being passed on, no terms that let it happen. */
export async function agentPreference(tx: Tx, personId: string, vendorId: string): Promise<Preference> {
  const { objecting, proffered, furthest, ...rest } = await preferenceTowards(tx, personId, vendorId)
  const within = (terms: Terms) => (objecting ? withoutSharing(terms) : terms)
  return { ...rest, proffered: within(proffered), furthest: within(furthest) }
}
