import { transaction } from '~/db/client'
import { crowd } from '~/db/seed/crowd'
import { createPerson } from '~/server/accounts'
import { decide } from '~/server/moderation'
import { setClock } from '~/server/platform/clock'
import { writeRecommendation } from '~/server/recommendations'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import type { Cast } from './places'

const DAY = 86_400_000
const viewer = systemViewer('demo')

/** Many who have said, over two years, what they think of two vendors. Nobody signs in as one of them: they have no password. */
export async function hearTheCrowd(start: number, moderator: PersonViewer, seated: (cast: Cast) => Promise<Map<string, PersonViewer>>) {
  for (const { key, name, email, vendor, daysAgo, withheld, ...said } of crowd) {
    setClock(new Date(start - daysAgo * DAY))
    const person = await transaction(viewer, (tx) => createPerson(tx, { email, handle: key, displayName: name, confirmed: true }))
    const author = (await seated(new Map([[key, person]]))).get(key) as PersonViewer
    const { recommendationId } = await writeRecommendation(author, vendor, { ...said, organisation: undefined })
    if (withheld) {
      // The database dates decisions by its own clock, so they are made today.
      setClock(null)
      await decide(moderator, 'recommendation', recommendationId, {
        ...{ act: 'hide', rule: said.verdict === 1 ? 'private' : 'advertising', facts: withheld, seen: '' },
        why: 'The rules of this portal say so for everybody, whatever the verdict is.',
      })
    }
  }
}
