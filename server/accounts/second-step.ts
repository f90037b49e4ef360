import { Invalid } from '~/server/errors'
import type { Viewer } from '~/server/viewer'
import { takeCode } from './factors'
import { endHalfway, halfwayOver, halfwayPerson } from './halfway'
import { beginSession, type Place } from './signing-in'

/** The second step of signing in: a code of the app, or a recovery code. Returns the cookies to set. */
export async function takeSecondStep(viewer: Viewer, { code }: { code: string }, place: Omit<Place, 'from'>): Promise<string[]> {
  const cookies = place.cookies ?? null
  const half = await halfwayPerson(cookies)
  if (!half) throw new Invalid({ code: 'secondStep.over' })
  if (!(await takeCode(half.personId, code))) throw new Invalid({ code: 'code.wrong' })
  if (!(await endHalfway(cookies))) throw new Invalid({ code: 'secondStep.over' })
  return [...(await beginSession(half.personId, viewer, place, half.startedBy)), halfwayOver()]
}
