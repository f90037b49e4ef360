import { codeOf, stepAt } from '~/server/accounts/totp'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The phone in somebody's hand: it knows the secret that the set-up page showed, and reads its code, or a neighbouring one. */
export function aPhone(letters: string) {
  const bits = [...letters.replace(/\s/g, '')].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  return (drift = 0) => codeOf(secret, stepAt(new Date()) + drift)
}
