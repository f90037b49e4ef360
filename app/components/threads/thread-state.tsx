import { say } from '~/words'
import { Circle, CircleCheck, Hourglass, MessageSquare, State } from '../ui'

const LOOKS = {
  solved: { kind: 'ok', icon: CircleCheck },
  awaiting: { kind: 'wait', icon: Hourglass },
  answered: { kind: 'wait', icon: MessageSquare },
  unanswered: { kind: 'off', icon: Circle },
} as const

/** How a question stands. */
export function ThreadState({ state }: { state: keyof typeof LOOKS }) {
  return <State {...LOOKS[state]}>{say(`thread.state.${state}`)}</State>
}
