/** `/.well-known/gpc.json`: the wish not to be sold or shared is heard here, since this day. */
export const globalPrivacyControl = { gpc: true, lastUpdate: '2026-11-23' } as const

/** `Sec-GPC: 1`; any other value says nothing. */
export const sendsGlobalPrivacyControl = (request: Request): boolean => request.headers.get('sec-gpc') === '1'
