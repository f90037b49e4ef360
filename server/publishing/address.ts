import { publicOrigins } from '~/server/platform/env'

/** The first public origin: what stands in files that leave the site. */
export const publicOrigin = () => publicOrigins()[0] ?? ''
export const absolute = (path: string) => publicOrigin() + path
