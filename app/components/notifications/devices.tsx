import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { ActionButton, Button, RelativeTime, Rows, Section, State, Check } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say } from '~/words'

type Device = { id: string; device: string; createdAt: Date | string; thisOne: boolean }

/** The browsers that tell things while the portal is closed, each with its end; and, where this one can, its beginning. */
export function Devices({ devices, pushKey }: { devices: Device[]; pushKey: string }) {
  return (
    <Section title={say('notifications.devices')} id="devices">
      <p className="meta mb-3">{say('notifications.devices.lede')}</p>
      {devices.length === 0 ? (
        <p className="text-ink-soft">{say('notifications.devices.none')}</p>
      ) : (
        <Rows>
          {devices.map(({ id, device, createdAt, thisOne }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <span className="flex flex-wrap items-baseline gap-x-3">
                <bdi>{device || say('notifications.devices.unnamed')}</bdi>
                {thisOne ? (
                  <State kind="ok" icon={Check}>
                    {say('notifications.devices.this')}
                  </State>
                ) : null}
                <span className="meta">
                  <RelativeTime at={createdAt} />
                </span>
              </span>
              <ActionButton action={paths.removeDevice(id)} label={say('notifications.devices.remove')} size="sm" />
            </li>
          ))}
        </Rows>
      )}
      {devices.some(({ thisOne }) => thisOne) ? null : <ThisBrowser pushKey={pushKey} />}
    </Section>
  )
}

/** Asked only when somebody presses the button; nothing is shown where the browser cannot. */
function ThisBrowser({ pushKey }: { pushKey: string }) {
  const [can, setCan] = useState(false)
  const [trouble, setTrouble] = useState<'denied' | 'failed' | null>(null)
  const fetcher = useFetcher()
  useEffect(() => setCan('serviceWorker' in navigator && 'PushManager' in window), [])
  if (!can) return null
  const begin = async () => {
    setTrouble(null)
    if ((await Notification.requestPermission()) !== 'granted') return setTrouble('denied')
    try {
      const worker = await navigator.serviceWorker.register('/push-worker.js')
      await navigator.serviceWorker.ready
      const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
      const { endpoint = '', keys = {} } = subscription.toJSON()
      fetcher.submit({ endpoint, p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' }, { method: 'post', action: paths.addDevice() })
    } catch {
      setTrouble('failed')
    }
  }
  return (
    <div className="mt-3 grid gap-2">
      <div className="btns">
        <Button type="button" size="sm" onClick={() => void begin()}>
          {say('notifications.devices.add')}
        </Button>
      </div>
      <p role="status">{trouble ? say(`notifications.devices.${trouble}`) : null}</p>
    </div>
  )
}
