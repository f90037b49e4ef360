import { say } from '~/words'
import { CircleCheck, Hourglass, MessageSquare, State } from '../ui'

type Props = { state: 'waiting-vendor' | 'waiting-asker' | 'closed'; mine: boolean; vendor: string; asker: string }

/** Whose turn it is, said to the side that reads it. */
export function CaseState({ state, mine, vendor, asker }: Props) {
  if (state === 'closed') return <State icon={CircleCheck}>{say('case.state.closed')}</State>
  const ours = (state === 'waiting-asker') === mine
  return (
    <State kind={ours ? 'wait' : 'off'} icon={ours ? Hourglass : MessageSquare}>
      {say(mine ? `case.state.${state}` : `case.state.${state}.staff`, { vendor, name: asker })}
    </State>
  )
}
