import { Link } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { RelativeTime, Rows } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { AuditShown } from '~/server/governance'
import { hasWords, say } from '~/words'
import { FieldValue } from './field-values'

/** Changes to what stands on a record, newest first: who, what, and what was there before. `links` for staff. */
export function Changes({ changes, links }: { changes: AuditShown[]; links?: boolean }) {
  return (
    <Rows>
      {changes.map((change) => (
        <li key={change.nth} id={`n${change.nth}`} className="grid gap-1 py-3">
          <p className="flex flex-wrap items-baseline gap-x-2.5">
            {change.by ? <Who who={change.by} /> : <b>{change.job ? say('audit.byJob') : say('relationships.somebody')}</b>}
            <span className="meta">
              <RelativeTime at={change.at} />
            </span>
          </p>
          <p className="wrap-anywhere">
            {whatWasDone(change)} <What change={change} links={links} />
          </p>
          <Values change={change} />
        </li>
      ))}
    </Rows>
  )
}

function whatWasDone({ act, own, column }: AuditShown) {
  const key = `audit.column.${column}`
  const field = own?.name ?? (hasWords(key) ? say(key) : '')
  return field ? say(`audit.actOn.${act}`, { field }) : say(`audit.act.${act}`)
}

function What({ change: { object, objectId, name }, links }: { change: AuditShown; links?: boolean }) {
  const to = object === 'account' ? paths.accountPage(objectId) : object === 'relationship' ? paths.relationship(objectId) : null
  const kind = say(`audit.object.${object}`)
  const field = object === 'field' ? paths.field(objectId) : null
  const steward = `steward.of.${name ?? ''}`
  const shown = name ? <bdi>{object === 'steward' && hasWords(steward) ? say(steward) : name}</bdi> : null
  return (
    <span className="soft">
      {kind}
      {shown ? <>: {links && (to ?? field) ? <Link to={to ?? field ?? ''}>{shown}</Link> : shown}</> : null}
    </span>
  )
}

function Values({ change }: { change: AuditShown }) {
  if (change.gone) return <p className="meta">{say('audit.gone')}</p>
  if (
    (change.old === null && change.new === null) ||
    change.column === 'merged_into' ||
    change.column === 'retired_at' ||
    change.column === 'ended_at'
  )
    return null
  const said = (value: string | null) => <FieldValue kind={change.own?.kind ?? 'text'} value={worded(change.column, value ?? '')} />
  return (
    <dl className="meta flex flex-wrap gap-x-5 [&_dd]:m-0 [&_dd]:inline [&_dt]:inline">
      <div>
        <dt>{say('audit.before')} </dt>
        <dd>{said(change.old)}</dd>
      </div>
      <div>
        <dt>{say('audit.after')} </dt>
        <dd>{said(change.new)}</dd>
      </div>
    </dl>
  )
}

/** What a column holds by a name of ours is said in words. */
function worded(column: string, value: string): string {
  const key = column === 'state' ? `relationships.state.${value}` : column === 'urgency' ? `account.urgency.${value}` : ''
  return hasWords(key) ? say(key) : value
}
