import { Resolver } from 'node:dns/promises'
import { env } from './env'

const MOST_RECORDS = 50

/** What is written in the TXT records of a name; nothing where there are none, or where nobody answers in time. */
export async function textRecords(name: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2500, tries: 2 })
  if (env.PARLEY_NAME_SERVERS.length > 0) resolver.setServers(env.PARLEY_NAME_SERVERS)
  try {
    const records = await resolver.resolveTxt(name)
    return records.slice(0, MOST_RECORDS).map((parts) => parts.join(''))
  } catch {
    return []
  }
}
