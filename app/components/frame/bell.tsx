import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { usePokes } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Bell as BellIcon, ButtonLink, Icon } from '../ui'
import { useFrame, type Seated } from './root-data'

/** From here on the number is only said to be large. */
const MANY = 99

/** What waits to be read, kept right while the page stays open. */
export function Bell({ viewer }: { viewer: Seated }) {
  const unread = useUnread(viewer)
  const shown = unread > MANY ? `${MANY}+` : String(unread)
  return (
    <ButtonLink variant="quiet" icon className="bell" to={paths.notifications()} aria-label={say('ui.unread', { count: unread, shown })}>
      <Icon of={BellIcon} />
      {unread > 0 ? (
        <span className="bell-count num" aria-hidden="true">
          {shown}
        </span>
      ) : null}
    </ButtonLink>
  )
}

/** The newest of what came with the page and what was counted since: a poke counts again without reading the page again. */
function useUnread({ personId }: Seated): number {
  const frame = useFrame()
  const { data, load } = useFetcher<{ unread: number }>({ key: 'unread' })
  const [unread, setUnread] = useState(frame.unread)
  useEffect(() => setUnread(frame.unread), [frame])
  useEffect(() => {
    if (data) setUnread(data.unread)
  }, [data])
  usePokes([`person:${personId}`], () => load(paths.unread()))
  return unread
}
