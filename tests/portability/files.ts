import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkParts, openArchive, type Part } from '~/server/platform/archive'
import { askExport, exportTasks, fetchExport } from '~/server/portability'
import type { PersonViewer } from '~/server/viewer'

export const longAgo = (viewer: PersonViewer): PersonViewer => ({ ...viewer, proved: false })
export const justProved = (viewer: PersonViewer): PersonViewer => ({ ...viewer, proved: true })

export async function made(viewer: PersonViewer) {
  const exportId = await askExport(justProved(viewer))
  await exportTasks['make-export']({ exportId, personId: viewer.personId }, { attempt: 1, lastAttempt: true })
  return exportId
}

/** What arrives in the browser. */
export async function fetched(viewer: PersonViewer, exportId: string): Promise<Buffer> {
  const { content } = await fetchExport(justProved(viewer), exportId)
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The same, opened as any program would. */
export async function opened(bytes: Buffer) {
  const file = join(mkdtempSync(join(tmpdir(), 'export-test-')), 'export.zip')
  writeFileSync(file, bytes)
  const archive = await openArchive(file, { parts: 1000, bytes: 50_000_000 })
  const { files } = archive.manifest as { files: Part[] }
  await checkParts(archive, files)
  const text = async (name: string) => (await archive.bytes(name, 20_000_000)).toString()
  return { names: files.map(({ name }) => name), text, files, manifest: archive.manifest, close: archive.close }
}
