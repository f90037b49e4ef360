import { say } from '~/words'
import { Calendar, Circle, CircleCheck, Eye, Hourglass, State, X } from '../ui'

const LOOKS = {
  open: { kind: 'off', icon: Circle },
  'under-review': { kind: 'wait', icon: Eye },
  planned: { kind: 'wait', icon: Calendar },
  started: { kind: 'wait', icon: Hourglass },
  shipped: { kind: 'ok', icon: CircleCheck },
  declined: { kind: 'off', icon: X },
} as const

export type IdeaStatus = keyof typeof LOOKS

/** How an idea stands. */
export function IdeaState({ status }: { status: IdeaStatus }) {
  return <State {...LOOKS[status]}>{say(`idea.status.${status}`)}</State>
}
