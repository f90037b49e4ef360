import { now } from '~/server/platform/clock'
import { readToken, signedToken } from '~/server/platform/signing'

/** What is shorter is typed in a breath, or copied from a note. */
const SHORTEST_JUDGED = 200
/** Nobody writes so fast by hand: the quickest typists need a second for fifteen letters. */
const MOST_LETTERS_A_SECOND = 30
/** After so long a form was left open, and its age tells nothing. */
const STAMP_HOLDS_MS = 86_400_000

/** Says in a form when it was opened; nobody but the portal can make one. */
export const openingStamp = () => signedToken('form-opened', now().getTime().toString(36))

/** For how many seconds a form stood open; null: it does not say, says what we did not, or is a day old, which is a sign of nothing. */
export async function secondsOpen(stamp: string | undefined): Promise<number | null> {
  const opened = stamp ? await readToken('form-opened', stamp) : null
  const passed = opened ? now().getTime() - Number.parseInt(opened, 36) : -1
  return passed >= 0 && passed <= STAMP_HOLDS_MS ? Math.max(1, Math.round(passed / 1000)) : null
}

export const tooFast = (letters: number, seconds: number) => letters >= SHORTEST_JUDGED && letters / seconds > MOST_LETTERS_A_SECOND
