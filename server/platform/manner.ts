import { AsyncLocalStorage } from 'node:async_hooks'
import type { NextFunction, Request, Response } from 'express'
import { englishOf, isPseudo, mannerFrom, PLAIN, type Manner } from '~/words/manner'
import { env } from './env'

const answering = new AsyncLocalStorage<Manner>()
mannerFrom(() => answering.getStore())

/** Everything that answers one request speaks in one manner: until it is known who asks, by the clock of UTC. */
export function speaking(request: Request, _: Response, next: NextFunction) {
  const asked = env.PARLEY_DEMO ? (/(?:^|;\s*)parley_words=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '') : ''
  const lang = isPseudo(asked) ? asked : englishOf(request.headers['accept-language'])
  answering.run({ lang, timeZone: 'UTC' }, next)
}

export function speakOnTheClockOf(timeZone: string) {
  const manner = answering.getStore()
  if (manner) manner.timeZone = timeZone
}

/**
 * Words that are kept, mailed or published are not for whoever happens to act: they are said in the portal’s own manner, by the clock of
 * UTC or of whoever they are for.
 */
export function plainly<T>(say: () => T, timeZone = PLAIN.timeZone): T {
  return answering.run({ ...PLAIN, timeZone }, say)
}
