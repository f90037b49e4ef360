import { useRouteLoaderData } from '@remix-run/react'
import type { frame } from '~/app/frame.server'

export type Frame = Awaited<ReturnType<typeof frame>>
export type Seated = NonNullable<Frame['viewer']>

const NOBODY: Frame = { viewer: null, unread: 0, theme: null, demo: false, origin: '', held: null }

/** What the frame knows of the one who looks; a stranger's when even that could not be loaded. */
export function useFrame(): Frame {
  return useRouteLoaderData<Frame>('root') ?? NOBODY
}
