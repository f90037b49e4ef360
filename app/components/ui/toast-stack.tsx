import * as Radix from '@radix-ui/react-toast'
import { say } from '~/words'
import { Icon } from './icon'
import { Check } from './icons'
import type { Toast } from './toast'

export function ToastStack({ toasts, onGone }: { toasts: Toast[]; onGone: (id: number) => void }) {
  return (
    <Radix.Provider duration={6000} label={say('ui.toasts')}>
      {toasts.map((toast) => (
        <Radix.Root key={toast.id} className="toast" onOpenChange={(open) => open || onGone(toast.id)}>
          <Icon of={Check} />
          <Radix.Title>{toast.text}</Radix.Title>
          {toast.undo ? (
            <Radix.Action altText={say('ui.undo')} onClick={toast.undo}>
              {say('ui.undo')}
            </Radix.Action>
          ) : null}
        </Radix.Root>
      ))}
      <Radix.Viewport className="toasts" />
    </Radix.Provider>
  )
}
