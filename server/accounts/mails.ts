import type { Tx } from '~/db/client'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { say, sayList } from '~/words'
import { sayMoment } from '~/words/dates'

type To = { address: string; personId: string; handle: string; timeZone?: string }
type Words = { subject: string; text: string }

const link = (path: string) => `${publicOrigins()[0] ?? ''}${path}`

export function mailConfirmation(tx: Tx, to: To, token: string) {
  return mail(tx, to, () => ({
    subject: say('accounts.mail.confirm.subject'),
    text: say('accounts.mail.confirm.text', { handle: to.handle, link: link(`/confirm-email/${token}`) }),
  }))
}

/** Somebody gave an address that has an account: only its owner learns that. */
export function mailAlreadyHere(tx: Tx, to: To) {
  return mail(tx, to, () => ({
    subject: say('accounts.mail.already.subject'),
    text: say('accounts.mail.already.text', { handle: to.handle, signIn: link('/sign-in'), forgot: link('/forgot-password') }),
  }))
}

export function mailReset(tx: Tx, to: To, token: string) {
  return mail(tx, to, () => ({
    subject: say('accounts.mail.reset.subject'),
    text: say('accounts.mail.reset.text', { handle: to.handle, link: link(`/reset-password/${token}`) }),
  }))
}

/** Names what opens the account besides, since a new password alone shuts out nobody who has one of those, and what was removed with the old one. */
export function mailPasswordChanged(tx: Tx, to: To, { ways, removed = [] }: { ways: string[]; removed?: string[] }) {
  const named = (names: string[]) => sayList(names.map((name) => say('accounts.mail.way', { name })))
  return mail(tx, to, () => ({
    subject: say('accounts.mail.changed.subject'),
    text: say('accounts.mail.changed.text', {
      handle: to.handle,
      ways: named(ways),
      count: ways.length,
      removed: named(removed),
      gone: removed.length,
      account: account(),
      forgot: link('/forgot-password'),
    }),
  }))
}

/** In words for its reader, by their own clock, whoever acts. */
function mail(tx: Tx, { address, personId, timeZone }: To, words: () => Words) {
  return queueMail(tx, { to: address, personId, ...plainly(words, timeZone) })
}

/** About the second step. Whoever has no address any more is told nothing. */
async function tellOwner(tx: Tx, to: To | null, words: (handle: string) => Words) {
  if (to) await mail(tx, to, () => words(to.handle))
}

const account = () => link('/me/account')

export function mailFactorAdded(tx: Tx, to: To | null) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.factorAdded.subject'),
    text: say('accounts.mail.factorAdded.text', { handle, account: account(), forgot: link('/forgot-password') }),
  }))
}

export function mailFactorRemoved(tx: Tx, to: To | null) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.factorRemoved.subject'),
    text: say('accounts.mail.factorRemoved.text', { handle, account: account(), forgot: link('/forgot-password') }),
  }))
}

/** With the way to undo it, for whoever did not add it. */
export function mailPasskeyAdded(tx: Tx, to: To | null, name: string, token: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.passkeyAdded.subject'),
    text: say('accounts.mail.passkeyAdded.text', { handle, name, account: account(), link: link(`/not-me/${token}`) }),
  }))
}

export function mailPasskeyRemoved(tx: Tx, to: To | null, name: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.passkeyRemoved.subject'),
    text: say('accounts.mail.passkeyRemoved.text', { handle, name, account: account(), forgot: link('/forgot-password') }),
  }))
}

export function mailProviderBound(tx: Tx, to: To | null, name: string, token: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.providerBound.subject', { name }),
    text: say('accounts.mail.providerBound.text', { handle, name, account: account(), link: link(`/not-me/${token}`) }),
  }))
}

export function mailProviderUnbound(tx: Tx, to: To | null, name: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.providerUnbound.subject', { name }),
    text: say('accounts.mail.providerUnbound.text', { handle, name, account: account(), forgot: link('/forgot-password') }),
  }))
}

export function mailRecoveryCodeUsed(tx: Tx, to: To | null, left: number) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.recoveryUsed.subject'),
    text: say('accounts.mail.recoveryUsed.text', {
      handle,
      left,
      codes: link('/me/account/recovery-codes'),
      forgot: link('/forgot-password'),
    }),
  }))
}

export function mailConfirmChange(tx: Tx, to: To, token: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.changeAddress.subject'),
    text: say('accounts.mail.changeAddress.text', { handle, link: link(`/change-email/${token}`) }),
  }))
}

/** To the address until now, with the way back. */
export function mailAddressChanged(tx: Tx, to: To, token: string) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.addressChanged.subject'),
    text: say('accounts.mail.addressChanged.text', { handle, link: link(`/undo-email/${token}`) }),
  }))
}

export function mailNewBrowser(tx: Tx, to: To | null, { device, at, token }: { device: string; at: Date; token: string }) {
  return tellOwner(tx, to, (handle) => ({
    subject: say('accounts.mail.newBrowser.subject'),
    text: say('accounts.mail.newBrowser.text', {
      handle,
      device: device || say('accounts.account.unknownDevice'),
      moment: sayMoment(at),
      link: link(`/not-me/${token}`),
    }),
  }))
}
