import { useEffect, useRef, useState, type ReactNode } from 'react'
import { paths } from '~/app/paths'
import { say, sayError } from '~/words'
import { Button, Icon, KeyRound } from '../ui'

type Purpose = 'sign-in' | 'prove' | 'add'
type Props = {
  purpose: Purpose
  /** The name that passkeys of this portal are made for. */
  place: string | null
  variant?: 'primary' | 'default'
  children: ReactNode
  /** Where the browser cannot: without scripts, without passkeys, or at another name. */
  otherwise?: ReactNode
}

/**
 * Asks the browser for a passkey, and sends the form that it stands in with what the browser signed. There is no button where it
 * would do nothing.
 */
export function PasskeyButton({ purpose, place, variant, children, otherwise = null }: Props) {
  const [able, setAble] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  const signed = useRef<HTMLInputElement>(null)
  useEffect(() => setAble(location.hostname === place && 'PublicKeyCredential' in window), [place])
  if (!able) return otherwise

  async function ask() {
    setBusy(true)
    setTrouble('')
    try {
      const credential = JSON.stringify(await credentialFor(purpose))
      if (!signed.current) return
      signed.current.value = credential
      signed.current.form?.requestSubmit()
    } catch (error) {
      setTrouble(error instanceof Refused ? error.message : say(troubleOf(error)))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <input type="hidden" name="credential" ref={signed} />
      <Button type="button" variant={variant} disabled={busy} onClick={() => void ask()}>
        <Icon of={KeyRound} />
        {children}
      </Button>
      <p role="status" className="soft basis-full empty:hidden">
        {trouble}
      </p>
    </>
  )
}

/** What is wrong with a passkey no field can mend. */
export function passkeyErrors({ credential, ...errors }: Record<string, string>): Record<string, string> {
  return credential ? { form: credential, ...errors } : errors
}

class Refused extends Error {}

async function credentialFor(purpose: Purpose) {
  const [webauthn, answer] = await Promise.all([
    import('@simplewebauthn/browser'),
    fetch(paths.passkeyChallenge(purpose), { method: 'POST', headers: { accept: 'application/json' }, body: new FormData() }),
  ])
  const said = (await answer.json()) as { refused?: string; values?: Record<string, string | number> }
  if (said.refused) throw new Refused(sayError(said.refused, said.values))
  return purpose === 'add'
    ? webauthn.startRegistration({ optionsJSON: said as Parameters<typeof webauthn.startRegistration>[0]['optionsJSON'] })
    : webauthn.startAuthentication({ optionsJSON: said as Parameters<typeof webauthn.startAuthentication>[0]['optionsJSON'] })
}

function troubleOf(error: unknown) {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return 'accounts.passkey.alreadyHere'
  return name === 'NotAllowedError' || name === 'AbortError' ? 'accounts.passkey.cancelled' : 'accounts.passkey.failed'
}
