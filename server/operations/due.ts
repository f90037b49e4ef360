import { transaction, type Tx } from '~/db/client'
import { now } from '~/server/platform/clock'
import { systemViewer, type Viewer } from '~/server/viewer'

const AT_ONCE = 200

type Due = { dueAt: Date }
type Looking<One extends Due> = {
  /** What is to be looked at now, locked; of several who look, each is given others. */
  claim: (tx: Tx, at: Date, most: number) => Promise<One[]>
  mark: (tx: Tx, one: One, how: { missedAt: Date } | { warnedAt: Date; nextCheckAt: Date }) => Promise<unknown>
  tell: (tx: Tx, job: Viewer, one: One, missed: boolean) => Promise<unknown>
}

/** Looks at what has a time, until nothing is left to look at: what is past it was missed, anything else is warned of and looked at again then. */
export async function checkDue<One extends Due>(name: string, { claim, mark, tell }: Looking<One>): Promise<void> {
  const job = systemViewer(name)
  for (;;) {
    const looked = await transaction(job, async (tx) => {
      const at = now()
      const due = await claim(tx, at, AT_ONCE)
      for (const one of due) {
        const missed = one.dueAt <= at
        await mark(tx, one, missed ? { missedAt: one.dueAt } : { warnedAt: at, nextCheckAt: one.dueAt })
        await tell(tx, job, one, missed)
      }
      return due.length
    })
    if (looked < AT_ONCE) return
  }
}
