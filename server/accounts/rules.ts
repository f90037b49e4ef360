import { COMMON_PASSWORDS } from './common-passwords'

/** Words that would make somebody look like the portal, or that pages and mail need for themselves. */
const RESERVED = new Set(
  `abuse account accounts admin administrator all anonymous api assets auth billing bot c communities community contact deleted demo dev
  erased everybody everyone guest health healthz help here hostmaster info legal log login logout mail mailbox me member members mod
  moderation moderator moderators new nobody noreply no-reply notifications null official operate operator operators owner parley people
  person postmaster privacy readyz register relationships root search security settings sign-in sign-out sign-up signin signup staff
  status support system team terms test theme undefined vault vendor vendors visitor webmaster www you`.split(/\s+/),
)

export function isReserved(handle: string): boolean {
  return RESERVED.has(handle) || RESERVED.has(handle.replace(/^[-_]+|[-_]+$/g, '')) || /^[-_]+$/.test(handle)
}

/** Names shorter than this are in too many good passwords by chance. */
const SHORTEST_NAME = 4

/** Why a password would be guessed early, as a key of the catalogue; null when it would not. */
export function weakness(password: string, known: { handle?: string | null; address?: string }): string | null {
  const folded = password.normalize('NFKC').toLowerCase()
  const word = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if ([folded, word, piece(folded)].some((guess) => COMMON_PASSWORDS.has(guess)) || piece(folded).length <= 4) return 'password.common'
  const names = [known.handle, known.address?.split('@')[0]].filter((name): name is string => Boolean(name && name.length >= SHORTEST_NAME))
  return names.some((name) => folded.includes(name.toLowerCase())) ? 'password.yours' : null
}

/** What it repeats: `12` of 1212121212, all of it when nothing comes again. */
function piece(password: string): string {
  return password.slice(0, (password + password).indexOf(password, 1))
}
