import { say } from '~/words'
import { ArrowDown, Icon } from '../ui'

/** New things have arrived and wait here, in their place in the list, so that nothing being read moves. */
export function NewBar({ count, onShow, label }: { count: number; onShow: () => void; label?: string }) {
  return (
    <div role="status">
      {count > 0 ? (
        <button type="button" className="newbar" onClick={onShow}>
          <Icon of={ArrowDown} />
          {label ?? say('ui.newAnswers', { count })}
        </button>
      ) : null}
    </div>
  )
}
