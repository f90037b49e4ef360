import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import type { IMPORT_ENDS, IMPORT_STATES } from '~/db/kinds'
import { handleOfPerson, handlesShown } from '~/server/accounts'
import { authorize, can } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import { goesOn, isIn, staffImport, vendorServed } from './facts'
import { FATES, type CheckedFile, type Fate, type Reason } from './types'

const IMPORTS_SHOWN = 50
const A_PAGE = 50

type Listed = {
  id: string
  state: (typeof IMPORT_STATES)[number]
  created_at: string
  who: string | null
  names: string | null
  rows: number
}

/** /vendors/:slug/imports: the newest first. */
export async function importsOf(viewer: PersonViewer, vendorSlug: string) {
  const { vendor, rows } = await transaction(viewer, async (tx) => {
    const it = await vendorServed(tx, viewer, vendorSlug)
    return {
      vendor: it,
      rows: await tx.execute<Listed>(sql`select i.id, i.state, i.created_at, ${handleOfPerson(sql`i.started_by`)} as who,
        f.names, coalesce(f.rows, 0) as rows
        from crm_imports i left join lateral (select string_agg(f.name, ', ' order by f.nth) as names, sum((f.found ->> 'rows')::int)::int as rows
          from crm_import_files f where f.import_id = i.id) f on true
        where ${servedBy(viewer, sql`i.vendor_id`)} and i.vendor_id = ${it.vendorId} order by i.created_at desc, i.id desc limit ${IMPORTS_SHOWN}`),
    }
  })
  const names = await handlesShown(
    rows.map(({ who }) => who),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    imports: rows.map(({ created_at, who, ...row }) => ({
      ...row,
      at: new Date(created_at),
      who: who ? (names.get(who)?.displayName ?? null) : null,
    })),
    may: { run: can(viewer, 'import.run', vendor) },
  }
}

type RowShown = {
  file: string
  nth: number
  row: number
  kind: string | null
  fate: Fate
  because: Reason[]
  of: { file: string; row: number } | null
  perhaps: { file: string; row: number; because: 'name' | 'phone' | 'domain' | 'sharedMailbox' } | null
  ended: (typeof IMPORT_ENDS)[number] | null
  account: string | null
  contact: string | null
}

/** /imports/:id: file by file what becomes of each column, and row by row what becomes of it, and why. */
export async function importPage(viewer: PersonViewer, id: string, asked: { fate: string | null; after: string | null }) {
  const fate = FATES.find((one) => one === asked.fate) ?? null
  const [, nth = '0', row = '0'] = /^(\d{1,2})-(\d{1,7})$/.exec(asked.after ?? '') ?? []
  const found = await transaction(viewer, async (tx) => {
    const it = await staffImport(tx, viewer, id)
    const [files, sums, reasons, ends, rows] = await Promise.all([
      tx.execute<{ nth: number; name: string; found: Omit<CheckedFile, 'file'> }>(
        sql`select nth, name, found from crm_import_files where import_id = ${it.importId} order by nth`,
      ),
      tx.execute<{ fate: Fate; rows: number }>(
        sql`select fate, count(*)::int as rows from crm_import_rows where import_id = ${it.importId} group by fate`,
      ),
      tx.execute<{ fate: Fate; because: Reason; rows: number }>(sql`select r.fate, b.because, count(*)::int as rows from crm_import_rows r
        cross join lateral jsonb_array_elements_text(r.because) b(because) where r.import_id = ${it.importId} group by 1, 2 order by 3 desc`),
      tx.execute<{ ended: (typeof IMPORT_ENDS)[number]; rows: number }>(
        sql`select ended, count(*)::int as rows from crm_import_rows where import_id = ${it.importId} and ended is not null group by ended`,
      ),
      tx.execute<RowShown>(sql`select f.name as file, r.file_nth as nth, r.row, r.kind, r.fate, r.because, r.ended,
          case when r.of is not null then json_build_object('row', r.of -> 'row', 'file', (select x.name from crm_import_files x where x.import_id = r.import_id and x.nth = (r.of ->> 'file')::int)) end as of,
          case when r.perhaps is not null then json_build_object('row', r.perhaps -> 'row', 'because', r.perhaps -> 'because',
            'file', (select x.name from crm_import_files x where x.import_id = r.import_id and x.nth = (r.perhaps ->> 'file')::int)) end as perhaps,
          case when r.kind = 'organisation' then (select a.id from accounts a where a.organization_id = r.record_id) end as account,
          case when r.kind in ('person', 'affiliation') then r.record_id end as contact
        from crm_import_rows r join crm_import_files f on f.import_id = r.import_id and f.nth = r.file_nth
        where r.import_id = ${it.importId} ${fate ? sql`and r.fate = ${fate}` : sql``} and (r.file_nth, r.row) > (${Number(nth)}, ${Number(row)})
        order by r.file_nth, r.row limit ${A_PAGE + 1}`),
    ])
    return { it, files, sums, reasons, ends, rows }
  })
  const { it, files, rows } = found
  const page = rows.slice(0, A_PAGE)
  const last = page.at(-1)
  const may = can(viewer, 'import.run', it)
  return {
    id: it.importId,
    vendor: { id: it.vendorId, slug: it.slug, name: it.name },
    ...{ state: it.state, basis: it.basis, askBy: it.askBy, at: it.createdAt, broughtAt: it.broughtAt, undoneAt: it.undoneAt },
    forgotten: it.forgottenAt !== null,
    files: files.map(({ nth: number, name, found: about }) => ({ nth: number, name, ...about })),
    fates: FATES.map((one) => ({ fate: one, rows: found.sums.find((sum) => sum.fate === one)?.rows ?? 0 })),
    reasons: [...found.reasons],
    ends: [...found.ends],
    rows: page,
    fate,
    more: rows.length > A_PAGE && last ? `${last.nth}-${last.row}` : null,
    first: asked.after === null,
    may: {
      add: may && it.state === 'checked' && !it.forgottenAt,
      bring: may && goesOn(it) && (found.sums.find((sum) => sum.fate === 'made')?.rows ?? 0) > 0,
      undo: may && isIn(it),
    },
  }
}

/** The page that asks before an import is taken out again. */
export async function undoForm(viewer: PersonViewer, id: string) {
  const it = await transaction(viewer, (tx) => staffImport(tx, viewer, id))
  authorize(viewer, 'import.run', it)
  return { id: it.importId, isIn: isIn(it) }
}
