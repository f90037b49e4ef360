import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { say } from '~/words'
import { Who } from '../people'
import type { HandleInfo } from '../people/seat'
import { ActionButton, RelativeTime } from '../ui'

type Shown = { by: HandleInfo; mine: boolean; at: Date | string }

/** Who has taken a question on, and the button that takes it, takes it over or lets it go. */
export function ClaimOf({ number, title, claim, may }: { number: number; title: string; claim: Shown | null; may: boolean }) {
  if (!claim && !may) return null
  const seen = claim && !claim.mine ? { seen: claim.by.handle ?? '' } : undefined
  const act = claim?.mine ? 'release' : claim ? 'takeOver' : 'claim'
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      {claim ? (
        <span className="meta inline-flex flex-wrap items-center gap-x-2">
          {claim.mine ? (
            <b>{say('thread.claim.mine')}</b>
          ) : (
            sayRich('thread.claim.by', {
              name: '',
              who: () => <Who who={claim.by} to={claim.by.handle ? paths.person(claim.by.handle) : undefined} short />,
            })
          )}
          <RelativeTime at={claim.at} />
        </span>
      ) : null}
      {may ? (
        <ActionButton
          action={claim?.mine ? paths.releaseThread(number) : paths.claimThread(number)}
          fields={seen}
          label={say(`thread.claim.act.${act}`)}
          spoken={say(`thread.claim.act.${act}.spoken`, { title })}
          size="sm"
        />
      ) : null}
    </div>
  )
}
