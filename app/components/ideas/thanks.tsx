import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { HandleInfo } from '../people/seat'
import { Hand, Icon } from '../ui'

/** Who is credited for an idea that has shipped. */
export function Thanks({ to }: { to: HandleInfo[] }) {
  if (to.length === 0) return null
  const names = to.map((who, index) => (
    <span key={`${who.handle} ${index}`}>
      {index > 0 ? ', ' : null}
      {who.handle ? (
        <Link className="underline" to={paths.person(who.handle)}>
          <bdi>{who.displayName}</bdi>
        </Link>
      ) : (
        <bdi>{who.displayName}</bdi>
      )}
    </span>
  ))
  return (
    <p className="flex items-start gap-2">
      <span className="state-ok pt-1">
        <Icon of={Hand} size="sm" />
      </span>
      <span>{sayRich('idea.thanks', { who: () => <>{names}</> })}</span>
    </p>
  )
}
