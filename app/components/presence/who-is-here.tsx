import { Link } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { Label } from '~/app/components/ui'
import { usePresence, useSayAnswering } from '~/app/live/use-presence'
import { paths } from '~/app/paths'
import { say } from '~/words'

type Place = { threadId: string; number: number; signedIn: boolean; may: { answer: boolean } }

/** Who else has the thread open and who is answering; nothing where nobody is. */
export function WhoIsHere({ thread, form }: { thread: Place; form: string }) {
  const { threadId, number, signedIn, may } = thread
  const presence = usePresence(threadId, number, signedIn)
  useSayAnswering(threadId, form, signedIn && may.answer)
  const { count = 0, named = [], answering = [] } = presence ?? {}
  const [first, second] = answering
  return (
    <section hidden={count + answering.length === 0}>
      <Label level={2}>{say('presence.here')}</Label>
      <ul className="grid gap-1">
        {named.map((who) => (
          <li key={who.handle}>
            <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
          </li>
        ))}
      </ul>
      {count > named.length ? <p className="meta num">{say('presence.others', { count: count - named.length })}</p> : null}
      <p className="mt-2" role="status">
        {first ? say('presence.answering', { count: answering.length, first: first.displayName, second: second?.displayName ?? '' }) : null}
      </p>
      <p className="meta mt-2">
        <Link className="underline" to={paths.beingSeen()}>
          {say('presence.title')}
        </Link>
      </p>
    </section>
  )
}
