import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { structuredThread } from '~/app/components/threads/structured-thread'
import { plainText } from '~/app/meta'
import { paths } from '~/app/paths'
import { NotFound } from '~/server/errors'
import { publicOrigin } from '~/server/publishing/address'
import { communityFeed, portalFeed, robotsFile, sitemap, sitemapIndex, threadFeed } from '~/server/publishing'
import { answerQuestion, askQuestion, threadPage } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, refreshed } from '../support/cast'

const addresses = { ...paths, fixed: ['/'] }
const asked = (title: string) => ({ title, body: 'It <b>breaks</b> & says "nothing".', tags: [], product: undefined })

test('the feed of an open community has its newest threads; a closed one has none that anybody could fetch', async () => {
  const [amina, chen] = await Promise.all([aMember('Amina'), aMember('Chen')])
  const [open, closed] = await Promise.all([aCommunity(), aCommunity({ access: 'request', members: [amina] })])
  const { number, slug, threadId } = await askQuestion(amina, open.slug, asked('Forwarding <twice> & losing attachments'))
  await answerQuestion(chen, threadId, { body: 'Forward it inline.' })
  const secret = await askQuestion(await refreshed(amina), closed.slug, asked('What did it cost you in the end'))

  const feed = await communityFeed(open.slug, paths)
  const [entry] = entriesOf(feed)
  expect(entry).toMatchObject({ author: { name: 'Amina' } })
  expect(feed).toContain('<title>Forwarding &lt;twice&gt; &amp; losing attachments</title>')
  expect(String(JSON.stringify(entry))).toContain(paths.thread(slug, number, 'Forwarding <twice> & losing attachments'))
  expect(entriesOf(await threadFeed(slug, String(number), paths))).toHaveLength(1)
  await expect(communityFeed(closed.slug, paths)).rejects.toThrow(NotFound)
  await expect(threadFeed(secret.slug, String(secret.number), paths)).rejects.toThrow(NotFound)
  await expect(threadFeed(closed.slug, String(number), paths)).rejects.toThrow(NotFound)
  expect(await portalFeed(paths)).not.toContain('What did it cost you')
})

test('what feeds link to and show is found from everywhere', async () => {
  const [amina, room] = [await aMember('Amina'), await aCommunity()]
  await askQuestion(amina, room.slug, asked('Which pictures does a reader of feeds see'))
  expect(await communityFeed(room.slug, paths)).toContain(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="${publicOrigin()}/">`)
})

test('the sitemap lists what a visitor may read, and nothing else', async () => {
  const amina = await aMember('Amina')
  const [open, closed] = await Promise.all([aCommunity(), aCommunity({ access: 'invitation', members: [amina] })])
  const shown = await askQuestion(amina, open.slug, asked('Where are filters kept'))
  const secret = await askQuestion(await refreshed(amina), closed.slug, asked('When does the next build come'))
  const file = (number: number) => sitemap(`threads-${Math.ceil(number / 10_000)}.xml`, addresses)
  expect(await file(shown.number)).toContain(paths.thread(open.slug, shown.number, 'Where are filters kept'))
  expect(await file(secret.number)).not.toContain('When-does')
  expect(await file(secret.number)).not.toContain(closed.slug)
  const pages = await sitemap('pages.xml', addresses)
  expect(pages).toContain(`/c/${open.slug}<`)
  expect(pages).not.toContain(closed.slug)
  expect(await sitemapIndex()).toContain('/sitemaps/threads-1.xml')
  for (const name of ['threads-0.xml', 'threads-1', '../pages.xml', 'threads-99999999.xml'])
    await expect(sitemap(name, addresses)).rejects.toThrow(NotFound)
  expect(robotsFile()).toMatch(/^Disallow: \/me\/$/m)
  expect(robotsFile()).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m)
})

test('a question tells machines who asked what, and which answer was accepted', async () => {
  const [amina, chen] = await Promise.all([aMember('Amina'), aMember('Chen')])
  const open = await aCommunity()
  const { number, slug, threadId } = await askQuestion(amina, open.slug, asked('Why does it break'))
  await answerQuestion(chen, threadId, { body: 'Because of *this*.' })
  const page = await threadPage(visitor, { slug, number: String(number), order: 'helpful' })
  expect(structuredThread(page, (path) => `https://parley.example${path}`)).toMatchObject({
    '@type': 'QAPage',
    mainEntity: {
      '@type': 'Question',
      name: 'Why does it break',
      text: 'It <b>breaks</b> & says "nothing".',
      answerCount: 1,
      author: { name: 'Amina' },
      suggestedAnswer: [{ '@type': 'Answer', text: 'Because of this .', author: { name: 'Chen' } }],
    },
  })
  expect(plainText('<p>a &lt;b&gt; &amp;amp;</p>')).toBe('a <b> &amp;')
})

type Entry = { title: string; author: { name: string } }

function entriesOf(feed: string): Entry[] {
  const { feed: read } = create(feed).end({ format: 'object' }) as unknown as { feed: { entry?: Entry | Entry[] } }
  return [read.entry ?? []].flat()
}
