import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { buyingSwitches } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { vendorServed } from './facts'
import type { SwitchInput } from './input'

const NEWEST = 20

type Turn = { turned: 'on' | 'off'; reason: string; at: Date; who: string | null }

/** /vendors/:slug/buying: whether the vendor works with opportunities, who said so, and why. */
export async function switchPage(viewer: PersonViewer, vendorSlug: string) {
  const { vendor, turns } = await transaction(viewer, async (tx) => {
    const it = await vendorServed(tx, viewer, vendorSlug)
    return {
      vendor: it,
      turns: await tx.execute<Turn>(sql`select s.turned, s.reason, s.turned_at as at,
        (select h.id from handles h where h.person_id = s.turned_by order by h.created_at limit 1) as who
        from buying_switches s where s.vendor_id = ${it.vendorId} order by s.nth desc limit ${NEWEST}`),
    }
  })
  const names = await handlesShown(
    turns.map(({ who }) => who),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    isOn: vendor.isOn,
    turns: turns.map(({ who, at, ...turn }) => ({ ...turn, at: new Date(at), who: who ? (names.get(who)?.displayName ?? null) : null })),
    may: { turn: can(viewer, 'buying.switch', vendor) },
  }
}

/** Whether there is anything to lead to. */
export async function buyingAt(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await transaction(viewer, (tx) => vendorServed(tx, viewer, vendorSlug))
  return { isOn: vendor.isOn, may: { turn: can(viewer, 'buying.switch', vendor) } }
}

/** Turns it on or off, and says why. What was kept stays, and is found again when it is turned on. */
export async function switchBuying(viewer: PersonViewer, vendorSlug: string, { turn, reason }: SwitchInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const vendor = await vendorServed(tx, viewer, vendorSlug)
      authorize(viewer, 'buying.switch', vendor)
      if (vendor.isOn === (turn === 'on')) return
      const { vendorId } = vendor
      const [{ nth } = { nth: 1 }] = await tx.execute<{ nth: number }>(
        sql`select 1 + coalesce(max(nth), 0)::int as nth from buying_switches where vendor_id = ${vendorId}`,
      )
      await tx
        .insert(buyingSwitches)
        .values({ id: newId(), vendorId, nth, turned: turn, reason, turnedBy: viewer.personId, turnedAt: now() })
      await record(tx, viewer, 'buying.switched', { vendorId, turnKind: turn })
    })
  } catch (error) {
    if (refusedBy(error) === 'buying_switches_of') throw new Conflict('conflict')
    throw error
  }
}
