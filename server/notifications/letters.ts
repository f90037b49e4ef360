import { eq, inArray } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, posts, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { TooMany } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { linkWithoutAccount } from '~/server/moderation'
import { publicOrigins } from '~/server/platform/env'
import type { Letter, Writer } from '~/server/platform/mail'
import { senderDomain, signedAddress } from '~/server/platform/mail-addresses'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { htmlLink, inHtml, mailName, mailPage, nameWithSeat, whatHappened } from './mail-words'
import { host, places } from './places'
import { mailReader, stillToTell, type Notification } from './readers'
import { unsubscribeToken, type Stream } from './streams'
import { topicOf } from './topics'

/** Of one post; the rest is one click away. */
const LONGEST_TEXT = 4000
/** Mail programs cut messages off at about 100 KB. */
const LONGEST_HTML = 20_000
/** Posts in one mail. */
const MOST_POSTS = 5

/** A notification as a mail, written when it is handed over: what was read, revoked, hidden or unsubscribed from meanwhile is not in it. */
export const writeNotification: Writer = async ({ personId, ids }) => {
  const reader = await mailReader(String(personId))
  if (!reader) return null
  const rows = await stillToTell(reader.viewer, [ids ?? []].flat(), 'mail')
  const [first] = rows
  if (!first || !(await withinToday(reader.viewer.personId))) return null
  const letter = first.threadId
    ? await aboutThread(reader.viewer.personId, first.threadId, rows)
    : await aboutOther(reader.viewer.personId, first)
  return letter ? { to: reader.address, ...letter } : null
}

async function withinToday(personId: string): Promise<boolean> {
  try {
    await countAgainst('mail-a-day', personId)
    return true
  } catch (error) {
    if (error instanceof TooMany) return false
    throw error
  }
}

/** Headers that let a mail program group, file and end these mails. Every value is ours. */
export async function streamHeaders(personId: string, stream: Stream, list: string) {
  const link = places.unsubscribe(await unsubscribeToken(personId, stream))
  return {
    link,
    headers: {
      'List-Id': `<${list}.${host()}>`,
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'list',
    } as Record<string, string>,
  }
}

async function aboutThread(personId: string, threadId: string, rows: Notification[]): Promise<Omit<Letter, 'to'> | null> {
  const [room] = await db
    .select({
      title: threads.title,
      number: threads.number,
      slug: communities.slug,
      name: communities.name,
      access: communities.access,
      communityId: communities.id,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(eq(threads.id, threadId))
  const told = rows.slice(0, MOST_POSTS)
  const found = await db
    .select({ id: posts.id, markdown: posts.markdown, html: posts.html, handleId: posts.handleId })
    .from(posts)
    .where(
      inArray(
        posts.id,
        told.map((row) => row.objectId),
      ),
    )
  if (!room) return null
  const names = await handlesShown(
    rows.map((row) => row.actorHandleId),
    { communityId: room.communityId },
  )
  // What stands in a room that is not open to all does not travel: only who, where and the way there.
  const open = room.access === 'open'
  const { link, headers } = await streamHeaders(personId, { kind: 'thread', threadId }, room.slug)
  const last = told.at(-1) as Notification
  const replyTo = await signedAddress('reply', last.id)
  const parts = told.map((row, index) => {
    const who = row.actorHandleId ? names.get(row.actorHandleId) : undefined
    const post = found.find((it) => it.id === row.objectId)
    const happened = whatHappened(row.kind, row.why, who ? nameWithSeat(who) : say('notifications.somebody'))
    const number = told.length > 1 ? `${index + 1}. ` : ''
    const shown = open && post && post.handleId === row.actorHandleId ? post : null
    const to = places.post(room.slug, room.number, row.objectId)
    return {
      text: [`${number}${happened}.`, shown ? clipped(shown.markdown) : null, to].filter((it) => it !== null).join('\n\n'),
      html: `<p style="font:15px/1.5 sans-serif"><b>${inHtml(`${number}${happened}.`)}</b></p>${shown ? `<div>${htmlOf(shown)}</div>` : ''}<p>${htmlLink(to, say('notifications.mail.read'))}</p>`,
    }
  })
  const left = rows.length - told.length
  const title = open ? room.title : say('notifications.mail.private', { room: mailName(room.name) })
  const foot = [
    ...(replyTo ? [say(told.length > 1 ? 'notifications.mail.replySeveral' : 'notifications.mail.reply')] : []),
    ...(left > 0 ? [say('notifications.mail.more', { count: left })] : []),
    say(`notifications.mail.why.${whyOf(last.why)}`, { room: mailName(room.name) }),
  ]
  const doors = doorsOf(link, 'thread')
  const root = `<thread.${threadId}@${senderDomain()}>`
  return {
    subject: open ? `[${mailName(room.name)}] ${room.title}` : title,
    text: [open ? `${room.title}\n` : null, ...parts.map((part) => `${part.text}\n`), '-- ', ...foot, ...doors.text]
      .filter((it) => it !== null)
      .join('\n'),
    html: mailPage(
      title,
      [
        `<h1 style="font-size:22px;line-height:1.3">${htmlLink(places.thread(room.slug, room.number), title)}</h1>`,
        ...parts.map((part) => part.html),
      ],
      [...foot.map(inHtml), doors.html],
    ),
    ...(replyTo ? { replyTo } : {}),
    headers: { ...headers, 'In-Reply-To': root, References: root },
  }
}

/** Decisions, relationships, recommendations: what happened and the way there, never a word of it. */
async function aboutOther(personId: string, row: Notification): Promise<Omit<Letter, 'to'>> {
  const names = await handlesShown([row.actorHandleId])
  const who = row.actorHandleId ? names.get(row.actorHandleId) : undefined
  const happened = whatHappened(row.kind, row.why, who ? nameWithSeat(who) : say('notifications.somebody'))
  const topic = topicOf(row.kind, row.why)
  const { link, headers } = await streamHeaders(personId, { kind: 'topic', topic }, topic)
  const to = places.notice(row.id)
  const why = say('notifications.mail.why.topic', { topic: say(`notifications.topic.${topic}`) })
  const doors = doorsOf(link, 'topic')
  // Whoever leaves the portal keeps the mail: the decision can be contested by it for as long as by the account.
  const open =
    row.objectKind === 'decision' && row.why === 'target' && !row.kind.startsWith('appeal.') ? await linkWithoutAccount(row.objectId) : null
  const lasting = open ? say('notifications.mail.appeal', { day: sayDay(open.until) }) : ''
  return {
    subject: happened,
    text: [`${happened}.`, '', to, '', ...(open ? [lasting, open.link, ''] : []), '-- ', why, ...doors.text].join('\n'),
    html: mailPage(
      happened,
      [
        `<p>${inHtml(happened)}.</p><p>${htmlLink(to, say('notifications.mail.read'))}</p>`,
        ...(open ? [`<p>${inHtml(lasting)} ${htmlLink(open.link, say('appeal.title'))}</p>`] : []),
      ],
      [inHtml(why), doors.html],
    ),
    headers,
  }
}

export function doorsOf(link: string, kind: Stream['kind']) {
  const end = say(`notifications.mail.end.${kind}`)
  const settings = say('notifications.mail.settings')
  return {
    text: [`${end}: ${link}`, `${settings}: ${places.settings()}`],
    html: `${htmlLink(link, end)} · ${htmlLink(places.settings(), settings)}`,
  }
}

const WHYS = ['mentioned', 'asker', 'follower', 'answerer', 'voter'] as const
const whyOf = (why: string) => WHYS.find((it) => it === why) ?? 'author'

function clipped(markdown: string): string {
  const points = [...markdown]
  return points.length <= LONGEST_TEXT ? markdown : `${points.slice(0, LONGEST_TEXT).join('')} …`
}

/** Made safe when it was written; links within the site lead there from a mail too, and pictures, which mails cannot fetch, are named. */
function htmlOf({ html, markdown }: { html: string; markdown: string }): string {
  if (html.length > LONGEST_HTML) return `<p>${inHtml(clipped(markdown)).replaceAll('\n', '<br>')}</p>`
  return html
    .replace(/<img\b[^>]*>/g, (image) => {
      const what = / alt="([^"]+)"/.exec(image)?.[1]
      return what ? say('notifications.mail.pictureOf', { what }) : say('notifications.mail.picture')
    })
    .replaceAll('href="/', `href="${publicOrigins()[0] ?? ''}/`)
}
