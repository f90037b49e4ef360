import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { notificationChoices, notificationSettings, people } from '~/db/schema'
import { keepTimeZone } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { publicKey } from '~/server/platform/web-push'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { devicesOf } from './devices'
import { ownAddress } from './troubles'
import type { BroughtSettings, SettingsInput } from './input'
import { always, CHANNELS, TOPICS, type Channel, type Topic } from './topics'
import { wishesOf } from './wanting'

/** How the viewer hears of things, as chosen or as proposed. */
export async function settingsPage(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  return transaction(viewer, async (tx) => {
    const [{ settings, asChosen }, [person], address, devices, pushKey] = await Promise.all([
      wishesOf(tx, [viewer.personId]),
      tx.select({ timeZone: people.timeZone }).from(people).where(eq(people.id, viewer.personId)),
      ownAddress(tx, viewer.personId),
      devicesOf(tx, viewer),
      publicKey(),
    ])
    const { mode, ...rest } = settings(viewer.personId)
    const matrix = TOPICS.map((topic) => ({
      topic,
      wanted: CHANNELS.filter((channel) => asChosen(viewer.personId, topic, channel)),
      fixed: CHANNELS.filter((channel) => always(topic, channel)),
    }))
    return { mode, ...rest, matrix, timeZone: person?.timeZone ?? 'UTC', address, devices, pushKey }
  })
}

export async function keepSettings(viewer: PersonViewer, input: SettingsInput): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const { personId } = viewer
  // “Only a digest” without saying how often is a weekly one.
  const digest = input.mode === 'digest-only' && input.digest === 'never' ? 'weekly' : input.digest
  const quiet = { quietFrom: input.quietFrom ?? null, quietUntil: input.quietUntil ?? null }
  await transaction(viewer, async (tx) => {
    const before = (await wishesOf(tx, [personId])).settings(personId)
    const digestSince = digest === 'never' ? null : before.digest === 'never' ? now() : before.digestSince
    const kept = { mode: input.mode, digest, digestSince, ...quiet, changedAt: now() }
    const rows = TOPICS.flatMap((topic) => CHANNELS.map((channel) => ({ personId, topic, channel, wanted: chosen(input, topic, channel) })))
    await Promise.all([
      tx
        .insert(notificationSettings)
        .values({ personId, ...kept })
        .onConflictDoUpdate({ target: notificationSettings.personId, set: kept }),
      tx.delete(notificationChoices).where(eq(notificationChoices.personId, personId)),
      tx.insert(notificationChoices).values(rows).onConflictDoNothing(),
      keepTimeZone(tx, viewer, input.timeZone),
    ])
  })
}

/** From here on the viewer hears of things as they did elsewhere. Topics and channels that there are not here are left out. */
export async function bringSettings(viewer: PersonViewer, { settings, choices }: BroughtSettings): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const { personId } = viewer
  const known = choices.filter(({ topic, channel }) => TOPICS.includes(topic as Topic) && CHANNELS.includes(channel as Channel))
  await transaction(viewer, async (tx) => {
    await tx.delete(notificationSettings).where(eq(notificationSettings.personId, personId))
    await tx.delete(notificationChoices).where(eq(notificationChoices.personId, personId))
    if (settings) {
      const { mode, digest, quiet_from: quietFrom, quiet_until: quietUntil } = settings
      await tx
        .insert(notificationSettings)
        .values({ personId, mode, digest, digestSince: digest === 'never' ? null : now(), quietFrom, quietUntil })
    }
    if (known.length > 0)
      await tx
        .insert(notificationChoices)
        .values(known.map((choice) => ({ personId, ...choice })))
        .onConflictDoNothing()
  })
}

/** The one question of the welcome; the rest of the settings stay as they are. */
const HOW_OFTEN = {
  proposed: { mode: 'chosen', digest: 'never' },
  weekly: { mode: 'digest-only', digest: 'weekly' },
  nothing: { mode: 'nothing', digest: 'never' },
} as const
export type HowOften = keyof typeof HOW_OFTEN

/** What was chosen before, where it is one of the three answers. */
export async function howOften(viewer: PersonViewer): Promise<HowOften | null> {
  const present = await transaction(viewer, async (tx) => (await wishesOf(tx, [viewer.personId])).settings(viewer.personId))
  const names = Object.keys(HOW_OFTEN) as HowOften[]
  return names.find((name) => HOW_OFTEN[name].mode === present.mode && HOW_OFTEN[name].digest === present.digest) ?? null
}

export async function keepHowOften(viewer: PersonViewer, { often }: { often: HowOften }): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const { mode, digest } = HOW_OFTEN[often]
  const kept = { mode, digest, digestSince: digest === 'never' ? null : now(), changedAt: now() }
  await transaction(viewer, (tx) =>
    tx
      .insert(notificationSettings)
      .values({ personId: viewer.personId, ...kept })
      .onConflictDoUpdate({ target: notificationSettings.personId, set: kept }),
  )
}

const chosen = (input: SettingsInput, topic: Topic, channel: Channel) => input[topic].includes(channel)
