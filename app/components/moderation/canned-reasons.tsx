import { Link, useSearchParams } from '@remix-run/react'
import { say } from '~/words'

/** What comes up every week, with its rule. The facts are never canned: they are about the case. */
export const CANNED = [
  ['advert', 'advertising'],
  ['repeated', 'advertising'],
  ['insult', 'civil'],
  ['address', 'private'],
  ['elsewhere', 'off-topic'],
] as const
type Canned = { name: (typeof CANNED)[number][0]; rule: (typeof CANNED)[number][1] }

/** The one that was picked by its link, which works without JavaScript too. */
export function useCanned(): Canned | null {
  const [params] = useSearchParams()
  const [name, rule] = CANNED.find(([name]) => name === params.get('canned')) ?? []
  return name && rule ? { name, rule } : null
}

export function CannedReasons() {
  const [params] = useSearchParams()
  const picked = useCanned()
  return (
    <nav className="meta mt-2 flex flex-wrap gap-x-3 gap-y-1" aria-label={say('moderation.canned')}>
      <span>{say('moderation.canned')}</span>
      {CANNED.map(([name]) => (
        <Link
          key={name}
          to={`?${new URLSearchParams({ ...Object.fromEntries(params), canned: name })}`}
          aria-current={picked?.name === name ? 'true' : undefined}
          preventScrollReset
          replace
        >
          {say(`moderation.canned.${name}`)}
        </Link>
      ))}
    </nav>
  )
}
