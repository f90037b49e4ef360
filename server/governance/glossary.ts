import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { definitions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import { servedBy } from '~/server/served-by'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { vendorServed } from './facts'
import type { DefinitionInput } from './input'

const MOST_SHOWN = 300
const MOST_VERSIONS = 50

type DefinitionRow = { id: string; term: string; sentence: string; version: number; saidAt: string; by: string | null }
export type DefinitionShown = Omit<DefinitionRow, 'saidAt' | 'by'> & { saidAt: Date; by: HandleInfo | null }

const columns = sql`d.id, d.term, d.sentence, d.version, d.said_at as "saidAt", (select h.id from handles h where h.person_id = d.said_by order by h.created_at limit 1) as by`
const latest = sql`not exists (select 1 from definitions l where l.vendor_id = d.vendor_id and lower(l.term) = lower(d.term) and l.version = d.version + 1)`

/** Says what a word means here. A word that has a meaning already gets a new one; the earlier stays readable. */
export async function defineTerm(viewer: PersonViewer, vendorSlug: string, { term, sentence = '' }: DefinitionInput): Promise<void> {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'field.define', vendor)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  try {
    await transaction(viewer, async (tx) => {
      const [last] = await tx.execute<{ version: number; sentence: string; term: string }>(
        sql`select d.version, d.sentence, d.term from definitions d where d.vendor_id = ${vendorId} and lower(d.term) = lower(${term}) order by d.version desc limit 1`,
      )
      if (sentence === (last?.sentence ?? '') && (!last || last.term === term)) return
      const definitionId = newId()
      const version = (last?.version ?? 0) + 1
      await tx.insert(definitions).values({ id: definitionId, vendorId, term, version, sentence, saidBy: viewer.personId, saidAt: now() })
      await record(tx, viewer, 'term.defined', { vendorId, definitionId })
    })
  } catch (error) {
    if (refusedBy(error) === 'definitions_version') throw new Conflict('conflict')
    throw error
  }
}

/** /vendors/:slug/glossary: what words mean at this vendor. */
export async function glossaryPage(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const rows = await transaction(viewer, (tx) =>
    tx.execute<DefinitionRow>(sql`select ${columns} from definitions d where ${servedBy(viewer, sql`d.vendor_id`)} and d.vendor_id = ${vendor.vendorId} and ${latest} and d.sentence <> ''
      order by lower(d.term) limit ${MOST_SHOWN}`),
  )
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    terms: await shown(rows, vendor.vendorId),
    may: { define: can(viewer, 'field.define', vendor) },
  }
}

/** /vendors/:slug/glossary/:key: one word, and what it meant before. */
export async function termPage(viewer: PersonViewer, vendorSlug: string, id: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  if (!isId(id)) throw new NotFound()
  const rows = await transaction(viewer, (tx) =>
    tx.execute<DefinitionRow>(sql`select ${columns} from definitions d where ${servedBy(viewer, sql`d.vendor_id`)} and d.vendor_id = ${vendor.vendorId}
      and lower(d.term) = (select lower(o.term) from definitions o where o.id = ${id}::uuid and o.vendor_id = ${vendor.vendorId})
      order by d.version desc limit ${MOST_VERSIONS}`),
  )
  const [now, ...earlier] = await shown(rows, vendor.vendorId)
  if (!now) throw new NotFound()
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    now,
    earlier,
    may: { define: can(viewer, 'field.define', vendor) },
  }
}

/** What the words of a vendor mean, by the word in small letters; for wherever one of them stands. */
export type Meanings = Record<string, string>

export async function meaningsAt(tx: Tx, vendorId: string): Promise<Meanings> {
  const rows = await tx.execute<{ term: string; sentence: string }>(sql`select lower(d.term) as term, d.sentence from definitions d
    where d.vendor_id = ${vendorId} and ${latest} and d.sentence <> '' limit ${MOST_SHOWN}`)
  return Object.fromEntries(rows.map(({ term, sentence }) => [term, sentence]))
}

async function shown(rows: DefinitionRow[], vendorId: string): Promise<DefinitionShown[]> {
  const names = await handlesShown(
    rows.map(({ by }) => by),
    { vendorId },
  )
  return rows.map(({ by, saidAt, ...row }) => ({ ...row, saidAt: new Date(saidAt), by: by ? (names.get(by) ?? null) : null }))
}
