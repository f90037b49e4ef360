import { env } from './env'
import { readId, signedId } from './signing'

/** What an address of ours was made for; the part before the plus says it, the part after it is signed. */
const PURPOSES = ['reply', 'bounce'] as const
export type AddressPurpose = (typeof PURPOSES)[number]

/** `reply+…@domain`, where the portal takes mail; null where it takes none. */
export async function signedAddress(purpose: AddressPurpose, id: string): Promise<string | null> {
  const domain = env.MAIL_REPLY_DOMAIN
  return domain ? `${purpose}+${await signedId(`mail-${purpose}`, id)}@${domain}` : null
}

/** What an address of ours is about; null for anything that we did not make. */
export async function readAddress(address: string): Promise<{ purpose: AddressPurpose; id: string } | null> {
  const [, word = '', tag = '', domain = ''] = /^<?([a-z]+)\+([0-9a-f]{52})@([^\s<>@]+?)>?$/i.exec(address.trim()) ?? []
  const purpose = PURPOSES.find((it) => it === word.toLowerCase())
  if (!purpose || domain.toLowerCase() !== env.MAIL_REPLY_DOMAIN?.toLowerCase()) return null
  const id = await readId(`mail-${purpose}`, tag)
  return id ? { purpose, id } : null
}

export function senderDomain() {
  return /@([a-z0-9.-]+)/i.exec(env.MAIL_FROM)?.[1] ?? 'localhost'
}
