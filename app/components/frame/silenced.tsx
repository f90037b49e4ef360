import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'
import { useFrame } from './root-data'

/** Beside the button of a form that a silence closes for a while: until when, under which rule, and where the statement is. */
export function Silenced({ communityId }: { communityId: string }) {
  const silence = useFrame().viewer?.silences.find((each) => each.communityId === null || each.communityId === communityId)
  if (!silence) return null
  return (
    <p className="meta">
      {say('ui.silenced.beside', { day: sayMoment(silence.until), ground: say(`moderation.rule.${silence.rule}`) })}{' '}
      <Link to={paths.decision(silence.decisionId)}>{say('ui.silenced.why')}</Link>
    </p>
  )
}
