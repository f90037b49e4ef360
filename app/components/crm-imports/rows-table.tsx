import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { importPage } from '~/server/crm-imports'
import { say } from '~/words'

type Row = Awaited<ReturnType<typeof importPage>>['rows'][number]

/** Row by row what becomes of it or became of it, and why. */
export function RowsTable({ rows, vendorSlug }: { rows: Row[]; vendorSlug: string }) {
  return (
    <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('import.rows')}>
      <table className="tbl tbl-stack">
        <thead>
          <tr>
            <th scope="col">{say('import.row')}</th>
            <th scope="col">{say('import.what')}</th>
            <th scope="col">{say('import.fate')}</th>
            <th scope="col">{say('import.because')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.nth}-${row.row}`}>
              <th scope="row" className="wrap-anywhere">
                {say('crm.row', { file: row.file, row: row.row })}
              </th>
              <td data-label={say('import.what')}>{row.kind ? say(`crm.kind.${row.kind as 'person'}`) : say('import.kind.none')}</td>
              <td data-label={say('import.fate')}>
                <Became row={row} vendorSlug={vendorSlug} />
              </td>
              <td data-label={say('import.because')}>
                <div>
                  {row.because.map((because) => (
                    <span key={because} className="block">
                      {say(`crm.because.${because}`)}
                    </span>
                  ))}
                  {row.of ? <span className="meta block wrap-anywhere">{say('crm.of', row.of)}</span> : null}
                  {row.perhaps ? (
                    <span className="meta block wrap-anywhere">
                      {say('crm.perhaps', { ...row.perhaps, reason: say(`crm.likeness.${row.perhaps.because}`) })}
                    </span>
                  ) : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Became({ row, vendorSlug }: { row: Row; vendorSlug: string }) {
  if (!row.ended) return say(`crm.fate.${row.fate}`)
  const words = say(`import.ended.${row.ended}`)
  if (row.account) return <Link to={paths.accountPage(row.account)}>{words}</Link>
  return row.contact ? <Link to={paths.contactPage(vendorSlug, row.contact)}>{words}</Link> : words
}
