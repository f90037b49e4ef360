import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf, takeLock } from './holder'

/** One server a data folder. Returns the way to give the folder back, or says who has it. */
export function claimDataFolder(folder: string, address: string): { release: () => void } | { runningAt: string; process: number } {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const file = join(folder, 'server.lock')
  const release = takeLock(file, address)
  if (release) return { release }
  const holder = holderOf(file)
  return { runningAt: holder?.note ?? '', process: holder?.pid ?? 0 }
}
