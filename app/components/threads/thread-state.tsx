import { say } from '~/words'
import { Circle, CircleCheck, Hourglass, Lightbulb, MessageSquare, State } from '../ui'

const LOOKS = {
  solved: { kind: 'ok', icon: CircleCheck },
  awaiting: { kind: 'wait', icon: Hourglass },
  answered: { kind: 'wait', icon: MessageSquare },
  unanswered: { kind: 'off', icon: Circle },
} as const

/** How a question stands; of an idea, that it is one. */
export function ThreadState({ state, kind }: { state: keyof typeof LOOKS; kind?: string }) {
  if (kind === 'idea') return <State icon={Lightbulb}>{say('idea.one')}</State>
  return <State {...LOOKS[state]}>{say(`thread.state.${state}`)}</State>
}
