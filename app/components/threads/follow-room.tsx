import { paths } from '~/app/paths'
import { say } from '~/words'
import { ActionButton, Bell, BellOff } from '../ui'

/** Hear of what is new in a room, or under one of its tags. */
export function FollowRoom({ slug, tag, follows }: { slug: string; tag: string | null; follows: boolean }) {
  return (
    <section>
      <ActionButton
        action={follows ? paths.unfollowRoom(slug) : paths.followRoom(slug)}
        fields={{ tag }}
        label={say(follows ? 'thread.unfollow' : tag ? 'follow.tag' : 'follow.room')}
        icon={follows ? BellOff : Bell}
        className="w-full"
      />
      <p className="meta mt-2">{say(follows ? 'follow.is' : 'follow.help')}</p>
    </section>
  )
}
