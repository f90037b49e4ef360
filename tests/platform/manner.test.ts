import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { paths } from '~/app/paths'
import { transaction } from '~/db/client'
import { outgoingMails, people } from '~/db/schema'
import { mailNewBrowser } from '~/server/accounts/mails'
import { mailTo } from '~/server/accounts/people'
import { inviteToCommunity } from '~/server/communities'
import { plainly } from '~/server/platform/manner'
import { communityFeed, portalFeed, threadFeed } from '~/server/publishing'
import { editPost, postHistory, restoreVersion } from '~/server/threads'
import { say } from '~/words'
import { aCommunity, aMember, owner, refreshed, unique } from '../support/cast'
import { readBy } from '../support/reader'
import { aQuestionWithAnAnswer } from '../threads/scene'

const newestMailTo = async (address: string) => {
  const [mail] = await owner
    .select()
    .from(outgoingMails)
    .where(eq(outgoingMails.toAddress, address))
    .orderBy(desc(outgoingMails.id))
    .limit(1)
  return mail
}

test('within a request words are those of its reader, and plain where they are for others', () => {
  const plain = say('ui.brand')
  const [heard, said] = readBy('ar-XB', () => [say('ui.brand'), plainly(() => say('ui.brand'))])
  expect(heard).not.toBe(plain)
  expect(said).toBe(plain)
})

test('a mail to somebody else speaks plainly, by the clock of UTC', async () => {
  const bo = await aMember('Bo')
  const room = await aCommunity({ access: 'invitation', moderators: [bo] })
  const [host, address] = [await refreshed(bo), `${unique('mateo')}@museum.example`]
  await readBy('en-XA', () => inviteToCommunity(host, room.slug, { email: address }))
  const subject = say('communities.mail.invitation.subject', { community: room.name })
  expect(await newestMailTo(address)).toMatchObject({ subject, textBody: expect.stringContaining('Bo (') })

  const mailed = { device: '', at: new Date('2026-11-09T23:10:00Z'), token: 'x' }
  const to = { address, personId: bo.personId, handle: bo.handle }
  await readBy('en-US', () => transaction(bo, (tx) => mailNewBrowser(tx, to, mailed)))
  const mail = await newestMailTo(address)
  expect(mail).toMatchObject({ subject: say('accounts.mail.newBrowser.subject') })
  expect(mail?.textBody).toContain('9 November 2026, 23:10 UTC')
  expect(mail?.textBody).toContain(say('accounts.account.unknownDevice'))
})

test('a mail to somebody whose clock is known goes by it, whoever is being answered', async () => {
  const ada = await aMember('Ada')
  await owner.update(people).set({ timeZone: 'America/New_York' }).where(eq(people.id, ada.personId))
  const to = await mailTo(ada.personId)
  const mailed = { device: 'Firefox, Linux', at: new Date('2026-11-09T23:10:00Z'), token: 'x' }
  await readBy('ar-XB', () => transaction(ada, (tx) => mailNewBrowser(tx, to, mailed)))
  const mail = await newestMailTo(to?.address ?? '')
  expect(mail?.subject).toBe(say('accounts.mail.newBrowser.subject'))
  expect(mail?.textBody).toContain('9 November 2026, 18:10')
})

test('a restored version says so to everybody', async () => {
  const { chen, answer } = await aQuestionWithAnAnswer()
  await editPost(chen, answer.postId, { body: 'I was wrong.', tags: [], reason: undefined })
  await readBy('en-XA', () => restoreVersion(chen, answer.postId, 1))
  expect((await postHistory(chen, answer.postId)).versions[0]?.reason).toBe('Version 1 restored')
})

test('feeds say the same whoever fetches them', async () => {
  const { question } = await aQuestionWithAnAnswer()
  const { slug, number } = question
  const feeds = () => Promise.all([communityFeed(slug, paths), threadFeed(slug, String(number), paths), portalFeed(paths)])
  const [room, thread, portal] = await readBy('ar-XB', feeds)
  expect([room, thread]).toEqual((await feeds()).slice(0, 2))
  expect(portal).toContain(`<title>${say('publishing.feed.portal')}</title>`)
})
