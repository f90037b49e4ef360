import sharp from 'sharp'
import { Invalid } from '~/server/errors'
import { fileOf } from '~/server/threads'
import type { Viewer } from '~/server/viewer'

export const aPicture = (width: number, height: number, background = { r: 0, g: 120, b: 120 }) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

export async function contentsOf(viewer: Viewer, fileId: string, size = '') {
  const content = await (await fileOf(viewer, fileId, size)).content()
  return Buffer.from(await new Response(content).arrayBuffer())
}

/** Why a file is not taken. */
export async function theReason(keeping: Promise<unknown>): Promise<string> {
  const refusal = await keeping.then(
    () => null,
    (error: unknown) => error,
  )
  return refusal instanceof Invalid ? (refusal.fields.attach ?? '') : String(refusal)
}
