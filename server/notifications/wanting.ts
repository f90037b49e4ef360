import { inArray } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { notificationChoices, notificationSettings } from '~/db/schema'
import { always, proposed, type Channel, type Topic } from './topics'

export type Settings = Omit<typeof notificationSettings.$inferSelect, 'personId' | 'changedAt'>
export const NOTHING_CHOSEN: Settings = { mode: 'chosen', digest: 'never', digestSince: null, quietFrom: null, quietUntil: null }

type Choices = { settings: Settings; chosen: Map<string, boolean> }
/** Whether each of them wants to hear of a topic in a channel. */
export type Wants = (personId: string, topic: Topic, channel: Channel) => boolean

export async function wishesOf(
  tx: Pick<Tx, 'select'>,
  personIds: string[],
): Promise<{ wants: Wants; asChosen: Wants; settings: (personId: string) => Settings }> {
  const people = new Map<string, Choices>()
  const of = (personId: string) => {
    const known = people.get(personId) ?? { settings: NOTHING_CHOSEN, chosen: new Map<string, boolean>() }
    people.set(personId, known)
    return known
  }
  if (personIds.length > 0) {
    const [settings, choices] = await Promise.all([
      tx.select().from(notificationSettings).where(inArray(notificationSettings.personId, personIds)),
      tx.select().from(notificationChoices).where(inArray(notificationChoices.personId, personIds)),
    ])
    for (const row of settings) of(row.personId).settings = row
    for (const row of choices) of(row.personId).chosen.set(`${row.topic} ${row.channel}`, row.wanted)
  }
  return {
    settings: (personId) => of(personId).settings,
    wants: (personId, topic, channel) => wanted(of(personId), topic, channel),
    // A switch stands before the matrix and leaves it as it is.
    asChosen: (personId, topic, channel) => wanted({ ...of(personId), settings: NOTHING_CHOSEN }, topic, channel),
  }
}

function wanted({ settings, chosen }: Choices, topic: Topic, channel: Channel): boolean {
  if (always(topic, channel)) return true
  if (channel !== 'inbox' && settings.mode === 'nothing') return false
  if ((channel === 'mail' || channel === 'push') && settings.mode === 'digest-only') return false
  return chosen.get(`${topic} ${channel}`) ?? proposed(topic).includes(channel)
}

/** One choice, changed from outside the settings page. */
export async function choose(tx: Pick<Tx, 'insert'>, personId: string, topic: Topic, channel: Channel, wanted: boolean) {
  await tx
    .insert(notificationChoices)
    .values({ personId, topic, channel, wanted })
    .onConflictDoUpdate({
      target: [notificationChoices.personId, notificationChoices.topic, notificationChoices.channel],
      set: { wanted },
    })
}
