import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { accountEmails, communities, memberships, notifications, posts, suspensions, threadMutes } from '~/db/schema'
import { newId } from '~/db/ids'
import { keepFile } from '~/server/attachments'
import { NotFound } from '~/server/errors'
import {
  keepSettings,
  markThreadRead,
  notifyWhoIsTold,
  settingsPage,
  subscribeAgain,
  tellWaiting,
  unreadCount,
  unsubscribe,
  unsubscribePage,
} from '~/server/notifications'
import { SettingsInput } from '~/server/notifications/input'
import { afterQuiet } from '~/server/notifications/quiet-hours'
import { now, setClock } from '~/server/platform/clock'
import { acceptAnswer, commentOn } from '~/server/threads'
import { aMember, owner, trusted } from '../support/cast'
import { aPicture } from '../attachments/scene'
import { aDecision, aQuestion, lastEventIn } from '../threads/scene'
import { answered, handedOverTo, mailsTo, minutesPass, tokenIn } from './support'

afterEach(() => setClock(null))

const settings = (chosen: Partial<SettingsInput> = {}) =>
  SettingsInput.parse({
    mode: 'chosen',
    digest: 'never',
    timeZone: 'UTC',
    answers: ['inbox', 'mail'],
    comments: ['inbox', 'mail'],
    ...chosen,
  })

test('a mail names the pictures of a post, and leads to them', async () => {
  const scene = await aQuestion()
  await trusted(scene.chen)
  const place = { kind: 'answer', subjectId: scene.question.threadId } as const
  const drawing = async (name: string) => keepFile(scene.chen, place, { name, bytes: await aPicture(1200, 600) })
  const [named, unnamed] = [await drawing('one.png'), await drawing('two.png')]
  await answered(
    scene,
    scene.chen,
    `See ![“Two” > one & a half](/files/${named.id}) and [![](/files/${unnamed.id})](/c/${scene.community.slug})`,
  )
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  expect(mail?.htmlBody).not.toContain('<img')
  expect(mail?.htmlBody).not.toContain('="/')
  expect(mail?.htmlBody).toMatch(new RegExp(`<a href="http[^"]+/files/${named.id}"[^>]*>Picture: “Two” &gt; one &amp; a half</a>`))
  expect(mail?.htmlBody).toMatch(new RegExp(`<a href="http[^"]+/c/${scene.community.slug}"[^>]*>Picture</a>`))
})

test('an answer is mailed after ten minutes, with the way to exactly that post, and once', async () => {
  const scene = await aQuestion()
  const answer = await answered(scene, scene.chen, 'Nothing comes back: the *index* disagrees.')
  expect(await mailsTo(scene.amina)).toEqual([])
  minutesPass(9)
  expect(await mailsTo(scene.amina)).toEqual([])
  minutesPass(2)
  await Promise.all([tellWaiting(), tellWaiting()])
  const mails = await mailsTo(scene.amina)
  expect(mails).toHaveLength(1)
  const [mail] = mails
  expect(mail?.textBody).toContain('Chen (Member) answered your question.')
  expect(mail?.textBody).toContain('the *index* disagrees')
  expect(mail?.textBody).toContain(`/c/${scene.community.slug}/${scene.question.number}?post=${answer.postId}#post-${answer.postId}`)
  expect(mail?.htmlBody).toContain('the <em>index</em> disagrees')
  const thread = `<thread.${scene.question.threadId}@localhost>`
  expect(mail?.headers).toMatchObject({
    'List-Id': `<${scene.community.slug}.localhost>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'In-Reply-To': thread,
    References: thread,
  })
  minutesPass(30)
  expect(await mailsTo(scene.amina)).toHaveLength(1)
})

test('what was read on the site within the ten minutes is not mailed, nor what is read while the mail waits for its server', async () => {
  const scene = await aQuestion()
  await answered(scene, scene.chen)
  minutesPass(9)
  await markThreadRead(scene.amina, scene.question.threadId)
  minutesPass(2)
  expect(await mailsTo(scene.amina)).toEqual([])

  await answered(scene, scene.chen)
  minutesPass(11)
  await tellWaiting()
  await markThreadRead(scene.amina, scene.question.threadId)
  expect(await handedOverTo(scene.amina)).toEqual([])
})

test('several answers within the wait are one mail, numbered', async () => {
  const scene = await aQuestion()
  await answered(scene, scene.chen, 'The first way.')
  minutesPass(5)
  await answered(scene, scene.bo, 'The second way.')
  minutesPass(6)
  const mails = await mailsTo(scene.amina)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.textBody).toMatch(/1\. Chen[^]*The first way[^]*2\. Bo[^]*The second way/)
})

/** Everything that can end a right between the event and the mail, tried before the wait is over and after. */
const endings: [string, (scene: Awaited<ReturnType<typeof aQuestion>>, postId: string) => Promise<unknown>][] = [
  [
    'the room turned private',
    ({ community }) =>
      owner
        .update(communities)
        .set({ access: 'invitation' })
        .where(eq(communities.id, community.id))
        .then(() => owner.delete(memberships).where(eq(memberships.communityId, community.id))),
  ],
  [
    'the answer was hidden',
    async ({ bo, community }, postId) => {
      const hiddenByDecisionId = await aDecision(bo, { kind: 'post', id: postId, communityId: community.id })
      await owner.update(posts).set({ hiddenByDecisionId }).where(eq(posts.id, postId))
    },
  ],
  [
    'the reader was suspended',
    async ({ amina, bo, community }, postId) => {
      const decisionId = await aDecision(bo, { kind: 'post', id: postId, communityId: community.id })
      await owner.insert(suspensions).values({ id: newId(), personId: amina.personId, communityId: null, decisionId })
    },
  ],
  [
    'the thread was muted',
    ({ amina, question }) => owner.insert(threadMutes).values({ personId: amina.personId, threadId: question.threadId }),
  ],
  [
    'the address is not confirmed any more',
    ({ amina }) => owner.update(accountEmails).set({ confirmedAt: null }).where(eq(accountEmails.personId, amina.personId)),
  ],
  ['e-mail was switched off', ({ amina }) => keepSettings(amina, settings({ mode: 'nothing' }))],
]
for (const [what, end] of endings)
  for (const late of [false, true])
    test(`no mail when ${what} ${late ? 'while it waited for the mail server' : 'within the ten minutes'}`, async () => {
      const scene = await aQuestion()
      const { postId } = await answered(scene, scene.chen)
      minutesPass(11)
      if (late) await tellWaiting()
      await end(scene, postId)
      expect(await mailsTo(scene.amina)).toEqual([])
    })

test('mail from a room that is not open carries neither its titles nor its words', async () => {
  const scene = await aQuestion({ access: 'invitation' })
  await answered(scene, scene.chen, 'A secret of this room.')
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  const all = JSON.stringify(mail)
  expect(all).not.toContain('A secret of this room')
  expect(all).not.toContain('Deleted messages come back')
  expect(mail?.textBody).toContain(`/c/${scene.community.slug}/${scene.question.number}?post=`)
})

test('a name can neither be a link nor begin a header', async () => {
  const scene = await aQuestion()
  const evil = await aMember('https://evil.test/\r\nBcc: all@evil.test <b>')
  await answered(scene, evil)
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  expect(mail?.textBody).not.toMatch(/https?:\/\/evil/)
  expect(mail?.htmlBody).not.toContain('<b> ')
  expect(mail?.subject).not.toMatch(/[\r\n]/)
  expect(JSON.stringify(mail?.headers)).not.toContain('evil')
})

test('the link in a mail ends exactly its stream, without a sign-in, twice is once, and can be taken back', async () => {
  const scene = await aQuestion()
  const other = await aQuestion()
  await answered(scene, scene.chen)
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  const token = tokenIn(mail?.headers?.['List-Unsubscribe'] ?? '')
  expect(mail?.textBody).toContain(`/unsubscribe/${token}`)
  expect(await unsubscribePage(token)).toMatchObject({ kind: 'thread', title: 'Deleted messages come back', ended: false })
  await unsubscribe(token)
  await unsubscribe(token)
  expect(await unsubscribePage(token)).toMatchObject({ ended: true })
  await answered(scene, scene.bo)
  await answered(other, other.chen)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toHaveLength(1)
  expect(await unreadCount(scene.amina)).toBe(1)
  expect(await mailsTo(other.amina)).toHaveLength(1)
  await subscribeAgain(token)
  await answered(scene, scene.bo, 'Once more.')
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toHaveLength(2)
})

test.each(['', 'x', 'no.such', `${Buffer.from('a b c').toString('base64url')}.${'A'.repeat(22)}`])(
  '%j unsubscribes nobody',
  async (token) => {
    await expect(unsubscribe(token)).rejects.toThrow(NotFound)
    await expect(unsubscribePage(token)).rejects.toThrow(NotFound)
  },
)

test('a forged link of somebody else is not found', async () => {
  const scene = await aQuestion()
  await answered(scene, scene.chen)
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  const [said = '', signature = ''] = tokenIn(mail?.textBody ?? '').split('.')
  const forged = Buffer.from(Buffer.from(said, 'base64url').toString().replace(scene.amina.personId, scene.chen.personId)).toString(
    'base64url',
  )
  await expect(unsubscribe(`${forged}.${signature}`)).rejects.toThrow(NotFound)
})

test('the matrix decides: no inbox line where none is wanted, no mail where none is wanted, decisions always', async () => {
  const scene = await aQuestion()
  await keepSettings(scene.amina, settings({ answers: ['mail'], comments: ['inbox'] }))
  const answer = await answered(scene, scene.chen)
  expect(await unreadCount(scene.amina)).toBe(0)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toHaveLength(1)
  const page = await settingsPage(scene.amina)
  expect(page.matrix.find(({ topic }) => topic === 'answers')?.wanted).toEqual(['mail'])
  expect(page.matrix.find(({ topic }) => topic === 'decisions')?.wanted).toEqual(['inbox'])
  await acceptAnswer(scene.amina, answer.postId)
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  expect(await unreadCount(scene.chen)).toBe(1)
})

test('“only the digest” sends no single mail, keeps the inbox and the matrix, and means a weekly one', async () => {
  const scene = await aQuestion()
  await keepSettings(scene.amina, settings({ mode: 'digest-only' }))
  await answered(scene, scene.chen)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toEqual([])
  expect(await unreadCount(scene.amina)).toBe(1)
  const page = await settingsPage(scene.amina)
  expect(page).toMatchObject({ mode: 'digest-only', digest: 'weekly' })
  expect(page.matrix.find(({ topic }) => topic === 'answers')?.wanted).toEqual(['inbox', 'mail'])
})

test('in quiet hours a mail waits for the morning of the person’s own day', async () => {
  const scene = await aQuestion()
  await keepSettings(scene.amina, settings({ timeZone: 'Asia/Tokyo', quietFrom: 22, quietUntil: 7 }))
  setClock(new Date('2026-11-22T15:30:00Z')) // 00:30 in Tokyo
  await answered(scene, scene.chen)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toEqual([])
  setClock(new Date('2026-11-22T21:59:00Z'))
  expect(await mailsTo(scene.amina)).toEqual([])
  setClock(new Date('2026-11-22T22:01:00Z')) // 07:01
  expect(await mailsTo(scene.amina)).toHaveLength(1)
})

test('quiet hours over midnight, none, and on a night when the clocks change', () => {
  const quiet = { quietFrom: 22, quietUntil: 7 }
  const at = (moment: string) => new Date(moment)
  const iso = (date: Date) => date.toISOString()
  expect(iso(afterQuiet(quiet, 'Europe/Berlin', at('2026-11-22T12:00:00Z')))).toBe('2026-11-22T12:00:00.000Z')
  expect(iso(afterQuiet(quiet, 'Europe/Berlin', at('2026-11-22T21:30:00Z')))).toBe('2026-11-23T06:00:00.000Z')
  expect(iso(afterQuiet(quiet, 'Europe/Berlin', at('2026-03-28T22:30:00Z')))).toBe('2026-03-29T05:00:00.000Z')
  expect(iso(afterQuiet(quiet, 'Asia/Kolkata', at('2026-11-22T18:00:00Z')))).toBe('2026-11-23T01:30:00.000Z')
  expect(iso(afterQuiet({ quietFrom: 7, quietUntil: 7 }, 'UTC', at('2026-11-22T07:30:00Z')))).toBe('2026-11-22T07:30:00.000Z')
  expect(iso(afterQuiet({ quietFrom: null, quietUntil: 7 }, 'UTC', at('2026-11-22T03:00:00Z')))).toBe('2026-11-22T03:00:00.000Z')
})

test('what is found out a day late stays in the inbox', async () => {
  const scene = await aQuestion()
  setClock(new Date(now().getTime() - 25 * 3_600_000))
  const old = await answered(scene, scene.chen)
  setClock(null)
  await owner.delete(notifications).where(eq(notifications.objectId, old.postId))
  await owner.execute(sql`delete from notifications_waiting where person_id = ${scene.amina.personId}`)
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  expect(await unreadCount(scene.amina)).toBe(1)
  expect(await mailsTo(scene.amina)).toEqual([])
})

test('no more than a hundred mails a day', async () => {
  const scene = await aQuestion()
  await owner.execute(sql`insert into limit_counters (limit_name, key, window_start, used)
    values ('mail-a-day', ${scene.amina.personId}, to_timestamp(floor(extract(epoch from now()) / 86400) * 86400), 100)`)
  await answered(scene, scene.chen)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toEqual([])
})

test('a comment on my answer is mailed to me', async () => {
  const scene = await aQuestion()
  const answer = await answered(scene, scene.chen)
  await commentOn(scene.amina, answer.postId, { body: 'And on Linux?' })
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  minutesPass(11)
  expect((await mailsTo(scene.chen))[0]?.textBody).toContain('Amina (Member) commented on what you wrote')
})
