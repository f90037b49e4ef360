import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { people } from '~/db/schema'
import { keepSettings, markThreadRead, sendDigests, unsubscribe } from '~/server/notifications'
import { periodOf } from '~/server/notifications/digest'
import { SettingsInput } from '~/server/notifications/input'
import { now, setClock } from '~/server/platform/clock'
import { askQuestion } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { aQuestion, aQuestionOf } from '../threads/scene'
import { answered, handedOverTo, tokenIn } from './support'

afterEach(() => setClock(null))

const MONDAY = new Date('2026-11-23T06:30:00Z')

/** Amina has asked for a weekly digest and no single mails, in Berlin, some days before that Monday. */
async function aWeeklyReader(chosen: Record<string, unknown> = {}) {
  const scene = await aQuestion()
  setClock(new Date('2026-11-19T12:00:00Z'))
  await owner.update(people).set({ seenAt: now() }).where(eq(people.id, scene.amina.personId))
  await keepSettings(
    scene.amina,
    SettingsInput.parse({ mode: 'digest-only', digest: 'weekly', timeZone: 'Europe/Berlin', answers: ['inbox', 'digest'], ...chosen }),
  )
  return scene
}

const at = async (moment: string, person: PersonViewer) => {
  setClock(new Date(moment))
  await sendDigests()
  return handedOverTo(person)
}

test('a weekly digest comes on Monday morning of the person’s own day, once, with what they have not read', async () => {
  const scene = await aWeeklyReader()
  await answered(scene, scene.chen)
  const asked = await askQuestion(scene.chen, scene.community.slug, { ...aQuestionOf, title: 'Which folder does it sync first?' })
  expect(await at('2026-11-23T06:30:00Z', scene.amina)).toEqual([]) // 07:30 in Berlin
  const mails = await at('2026-11-23T07:10:00Z', scene.amina)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toBe('Your week on Parley')
  expect(mails[0]?.textBody).toContain('Chen (Member) answered your question')
  expect(mails[0]?.textBody).toContain(`Which folder does it sync first?\n  http`)
  expect(mails[0]?.textBody).toContain(`/c/${scene.community.slug}/${asked.number}`)
  expect(mails[0]?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  await Promise.all([sendDigests(), sendDigests()])
  expect(await at('2026-11-23T19:30:00Z', scene.amina)).toHaveLength(1)
  expect(await at('2026-11-24T08:10:00Z', scene.amina)).toHaveLength(1)
})

test('with nothing new there is no digest at all', async () => {
  const scene = await aWeeklyReader()
  expect(await at('2026-11-23T08:10:00Z', scene.amina)).toEqual([])
})

test('what was read, or is one’s own, or was there before the digest was asked for, is not in it', async () => {
  const scene = await aQuestion()
  setClock(new Date('2026-11-18T12:00:00Z'))
  await answered(scene, scene.chen)
  await askQuestion(scene.chen, scene.community.slug, { ...aQuestionOf, title: 'Asked before the digest was' })
  setClock(new Date('2026-11-19T12:00:00Z'))
  await owner.update(people).set({ seenAt: now() }).where(eq(people.id, scene.amina.personId))
  await keepSettings(scene.amina, SettingsInput.parse({ mode: 'chosen', digest: 'weekly', timeZone: 'UTC', answers: ['inbox', 'digest'] }))
  const asked = await askQuestion(scene.chen, scene.community.slug, { ...aQuestionOf, title: 'Opened on the site already' })
  await markThreadRead(scene.amina, asked.threadId)
  await askQuestion(scene.amina, scene.community.slug, { ...aQuestionOf, title: 'A question of her own' })
  await answered(scene, scene.chen)
  await markThreadRead(scene.amina, scene.question.threadId)
  expect(await at('2026-11-23T08:10:00Z', scene.amina)).toEqual([])
})

test('who has not come for 180 days gets none; who has, does', async () => {
  const away = await aWeeklyReader()
  const here = await aWeeklyReader()
  await answered(away, away.chen)
  await answered(here, here.chen)
  const day = 86_400_000
  await owner
    .update(people)
    .set({ seenAt: new Date(MONDAY.getTime() - 181 * day) })
    .where(eq(people.id, away.amina.personId))
  await owner
    .update(people)
    .set({ seenAt: new Date(MONDAY.getTime() - 179 * day) })
    .where(eq(people.id, here.amina.personId))
  expect(await at('2026-11-23T08:10:00Z', away.amina)).toEqual([])
  expect(await handedOverTo(here.amina)).toHaveLength(1)
})

test('one click ends the digest, also the one that is on its way', async () => {
  const scene = await aWeeklyReader()
  await answered(scene, scene.chen)
  const [mail] = await at('2026-11-23T08:10:00Z', scene.amina)
  setClock(new Date('2026-11-26T12:00:00Z'))
  await answered(scene, scene.chen)
  setClock(new Date('2026-11-30T08:10:00Z'))
  await sendDigests()
  await unsubscribe(tokenIn(mail?.textBody ?? ''))
  expect(await handedOverTo(scene.amina)).toHaveLength(1)
})

test('each cadence has its day, from eight in the morning', () => {
  const period = (cadence: 'daily' | 'weekly' | 'monthly', moment: string, zone = 'UTC') => periodOf(cadence, zone, new Date(moment))
  expect(period('daily', '2026-11-22T07:59:00Z')).toBeNull()
  expect(period('daily', '2026-11-22T08:00:00Z')).toBe('daily 2026-11-22')
  expect(period('weekly', '2026-11-22T08:00:00Z')).toBe('weekly 2026-11-16')
  expect(period('weekly', '2026-11-23T07:00:00Z')).toBeNull()
  expect(period('monthly', '2026-12-01T07:00:00Z')).toBeNull()
  expect(period('monthly', '2026-12-01T07:00:00Z', 'Asia/Tokyo')).toBe('monthly 2026-12-01')
  expect(period('monthly', '2026-12-01T07:00:00Z', 'America/Los_Angeles')).toBe('monthly 2026-11-01')
})
