import { say } from '~/words'
import { ChevronDown, ChevronUp, Hush, Icon, PostForm } from '../ui'
import { useLocation } from '@remix-run/react'

type Props = {
  /** The resource route that takes `value` (1, -1, or 0 to take it back). */
  action: string
  score: number
  mine: -1 | 0 | 1
  /** False draws the score alone. */
  may?: boolean
  /** Leave the “does not help” side out. */
  upOnly?: boolean
  /** What pressing “up” says, where it is more than that it helps. */
  upLabel?: string
  fields?: Record<string, string>
}

/** Up, the score, down. Pressing what is pressed takes it back. */
export function VoteBox({ action, score, mine, may = true, upOnly, upLabel, fields }: Props) {
  return (
    <div className="vote">
      {may ? <Vote action={action} value={1} mine={mine} fields={fields} label={upLabel ?? say('ui.vote.up')} /> : null}
      <b className="num" data-quiet={score === 0 ? '' : undefined}>
        <span aria-hidden="true">{score}</span>
        <Hush>{say('ui.vote.score', { score })}</Hush>
      </b>
      {may && !upOnly ? <Vote action={action} value={-1} mine={mine} fields={fields} label={say('ui.vote.down')} /> : null}
    </div>
  )
}

type VoteProps = Pick<Props, 'action' | 'mine' | 'fields'> & { value: 1 | -1; label: string }

function Vote({ action, value, mine, fields, label }: VoteProps) {
  const here = useLocation()
  const pressed = mine === value
  return (
    <PostForm action={action} fields={{ next: here.pathname + here.search, ...fields, value: pressed ? 0 : value }} preventScrollReset>
      <button type="submit" aria-pressed={pressed} aria-label={label}>
        <Icon of={value === 1 ? ChevronUp : ChevronDown} />
      </button>
    </PostForm>
  )
}
