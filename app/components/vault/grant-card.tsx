import { Link } from '@remix-run/react'
import type { GrantShown } from '~/server/vault'
import { say } from '~/words'
import { sayChosenDay, sayDate, sayTime } from '~/words/dates'
import { paths } from '~/app/paths'
import { Remaining } from '../charts'
import { Portrait } from '../people'
import { Confirm } from '../ui'
import { ConsentSentence } from './consent-sentence'
import { fieldsInWords, purposeInWords } from './fields'

/** One grant: its sentence, what is left of it, and the way to end it. */
export function GrantCard({ grant, headed = true, details = true }: { grant: GrantShown; headed?: boolean; details?: boolean }) {
  const { vendor, left } = grant
  const running = grant.state === 'live' || grant.state === 'later'
  return (
    <article className="border-t border-hairline py-5 first-of-type:border-0 first-of-type:pt-3">
      {headed ? (
        <div className="byline mb-2.5">
          <Portrait name={vendor.name} side="vendor" />
          <p className="who">
            <b>
              <Link to={paths.vendor(vendor.slug)}>{vendor.name}</Link>
            </b>
          </p>
        </div>
      ) : null}
      <ConsentSentence
        who={vendor.name}
        what={fieldsInWords(grant.keys, grant.names)}
        why={purposeInWords(grant.purpose)}
        until={grant.endsAt}
        kind={running ? 'live' : 'ended'}
      />
      {running ? (
        <Remaining share={left.share} soon={left.soon}>
          {grant.state === 'later'
            ? say('vault.begins', { date: sayChosenDay(grant.startsAt) })
            : say('vault.daysLeft', { days: left.days })}
        </Remaining>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p className="meta">
          {running ? say('vault.grantGiven', { date: sayChosenDay(grant.startsAt) }) : <EndedLine grant={grant} />}{' '}
          {details ? <Link to={paths.grant(grant.id)}>{say('vault.grantPage')}</Link> : null}
        </p>
        {running ? <Revocation grant={grant} /> : null}
      </div>
    </article>
  )
}

function EndedLine({ grant }: { grant: GrantShown }) {
  return grant.revokedAt
    ? say('vault.revokedOn', { date: sayDate(grant.revokedAt), time: sayTime(grant.revokedAt) })
    : say('vault.endedOn', { date: sayChosenDay(grant.endsAt) })
}

function Revocation({ grant }: { grant: GrantShown }) {
  return (
    <Confirm
      label={say('vault.revoke')}
      size="sm"
      title={say('vault.revokeQuestion', { vendor: grant.vendor.name })}
      action={paths.revokeGrant(grant.id)}
      confirmLabel={say('vault.revokeNow')}
    >
      {say('vault.revokeWhat', { fields: fieldsInWords(grant.keys, grant.names) })}
    </Confirm>
  )
}
