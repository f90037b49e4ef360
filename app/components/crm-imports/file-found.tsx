import { Unfold } from '~/app/components/relationships'
import type { CheckedFile } from '~/server/crm-imports'
import { say } from '~/words'

/** What a file was taken for, and column by column what becomes of it. */
export function FileFound({ file }: { file: Omit<CheckedFile, 'file'> & { name: string } }) {
  const { name, source, kind, object, rows, refused, columns } = file
  return (
    <>
      <b className="wrap-anywhere">
        <bdi>{name}</bdi>
      </b>
      <p className="meta m-0">
        {refused
          ? `${say('import.file.refused')} ${refused.row === null ? refused.reason : say('crm.fileAtRow', { row: refused.row, reason: refused.reason })}`
          : source && kind
            ? say('import.file.is', { rows, source: say(`crm.source.${source}`), object: object ?? '', kind: say(`crm.kind.${kind}`) })
            : say('import.file.unknown', { rows })}
      </p>
      {kind && columns.length > 0 ? (
        <Unfold label={say('import.columns', { count: columns.length })}>
          <dl className="facts">
            {columns.map((column) => (
              <div key={column.column}>
                <dt className="wrap-anywhere">
                  <bdi>{column.column}</bdi>
                </dt>
                <dd>
                  {column.becomes.length === 0
                    ? say('crm.column.staysBehind')
                    : column.becomes.map((field) => say(`import.field.${field}`)).join(', ')}
                  {column.blank > 0 ? <span className="meta block">{say('crm.column.blank', { blank: column.blank })}</span> : null}
                </dd>
              </div>
            ))}
          </dl>
        </Unfold>
      ) : null}
    </>
  )
}
