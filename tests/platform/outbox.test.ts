import { and, eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { deliveries } from '~/db/schema'
import { record } from '~/server/events'
import { deliver, drain, fanOut, type Reactor } from '~/server/platform/outbox'
import { systemViewer } from '~/server/viewer'
import { owner } from '../support/cast'

const job = systemViewer('test')

/** Something happened, so many times, to one thread of which nobody else has heard. */
async function happenings(many = 1, threadId = newId()) {
  for (let made = 0; made < many; made += 1)
    await transaction(job, (tx) => record(tx, job, 'thread.followed', { communityId: newId(), threadId, vendorId: null }))
  return threadId
}

/** Hears of one thread only: the log is everybody's. */
function listener(threadId: string, names: string[], fails: (reaction: string) => boolean = () => false) {
  const heard: string[] = []
  const reactor: Reactor = {
    reactionsTo: () => names,
    react: async (reaction, event) => {
      if (event.payload.threadId !== threadId) return
      heard.push(reaction)
      if (fails(reaction)) throw new Error('not now')
    },
  }
  return { reactor, heard }
}

const waitingFor = async (threadId: string) =>
  owner
    .select({ reaction: deliveries.reaction, attempts: deliveries.attempts, lastError: deliveries.lastError })
    .from(deliveries)
    .where(sql`${deliveries.interactionId} in (select id from interactions where payload ->> 'threadId' = ${threadId})`)

const onceMore = (reactions: string[]) =>
  owner
    .update(deliveries)
    .set({ nextAt: sql`now()` })
    .where(and(inArray(deliveries.reaction, reactions), eq(deliveries.lastError, 'Error')))

test('what happened reaches each of its reactions once, and what was rolled back reaches none', async () => {
  const threadId = await happenings(2)
  await transaction(job, async (tx) => {
    await record(tx, job, 'thread.followed', { communityId: newId(), threadId, vendorId: null })
    throw new Error('changed my mind')
  }).catch(() => undefined)
  const { reactor, heard } = listener(threadId, ['first', 'second'])
  await drain(reactor)
  await drain(reactor)
  expect(heard.sort()).toEqual(['first', 'first', 'second', 'second'])
  expect(await waitingFor(threadId)).toEqual([])
})

test('a reaction that fails holds up no other, and has its own next try', async () => {
  const threadId = await happenings()
  let down = true
  const { reactor, heard } = listener(threadId, ['mails', 'counts'], (reaction) => down && reaction === 'mails')
  await drain(reactor)
  expect(heard.sort()).toEqual(['counts', 'mails'])
  expect(await waitingFor(threadId)).toEqual([{ reaction: 'mails', attempts: 1, lastError: 'Error' }])
  await drain(reactor)
  expect(heard).toHaveLength(2)
  down = false
  await onceMore(['mails'])
  await drain(reactor)
  expect(heard).toHaveLength(3)
  expect(await waitingFor(threadId)).toEqual([])
})

test('two relays side by side run each reaction once', async () => {
  const threadId = await happenings(12)
  const { reactor, heard } = listener(threadId, ['one'])
  await Promise.all([drain(reactor), drain(reactor), drain(reactor)])
  await drain(reactor)
  expect(heard).toHaveLength(12)
})

test('what only brings a thing up to date runs once for a batch, and again after it failed', async () => {
  const threadId = await happenings(10)
  let down = true
  const { reactor, heard } = listener(threadId, ['index'], () => down)
  const once: Reactor = { ...reactor, brings: (reaction, event) => `${reaction}:${String(event.payload.threadId)}` }
  await fanOut(once)
  while ((await deliver(once)) > 0);
  expect(heard).toHaveLength(10)
  down = false
  await onceMore(['index'])
  while ((await deliver(once)) > 0);
  expect(heard).toHaveLength(11)
  expect(await waitingFor(threadId)).toEqual([])
})
