import type { Request, Response } from 'express'
import { speaking, speakOnTheClockOf } from '~/server/platform/manner'

/** What happens while somebody is answered who reads in this language and by this clock. */
export function readBy<T>(lang: string, work: () => T, timeZone = 'Asia/Kolkata'): T {
  const request = { headers: { cookie: `parley_words=${lang}`, 'accept-language': lang } } as unknown as Request
  let made: T | undefined
  speaking(request, {} as Response, () => {
    speakOnTheClockOf(timeZone)
    made = work()
  })
  return made as T
}
