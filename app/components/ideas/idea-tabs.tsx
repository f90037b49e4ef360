import { paths } from '~/app/paths'
import { say } from '~/words'
import { Tabs } from '../ui'

/** From the ideas of a room to what became of them. */
export function IdeaTabs({ slug, room }: { slug: string; room: string }) {
  return (
    <Tabs
      className="mb-6"
      label={say('idea.title.in', { room })}
      items={[
        { to: paths.ideas(slug), label: say('idea.title') },
        { to: paths.roadmap(slug), label: say('idea.see.roadmap') },
        { to: paths.changelog(slug), label: say('idea.see.changelog') },
        { to: paths.contributors(slug), label: say('idea.see.contributors') },
      ]}
    />
  )
}
