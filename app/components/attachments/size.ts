import { say } from '~/words'

export function saySize(bytes: number): string {
  if (bytes < 1000) return say('files.bytes', { n: bytes })
  return bytes < 1_000_000 ? say('files.kilobytes', { n: Math.round(bytes / 1000) }) : say('files.megabytes', { n: bytes / 1_000_000 })
}
