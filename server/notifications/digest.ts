import { and, desc, eq, gte, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { communities, digests, notifications, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { queueWritten, type Writer } from '~/server/platform/mail'
import { visibleTo } from '~/server/threads'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import { doorsOf, streamHeaders } from './letters'
import { htmlLink, inHtml, mailName, mailPage, nameWithSeat, whatHappened } from './mail-words'
import { places } from './places'
import { localTime } from './quiet-hours'
import { mailReader, settingsOf, stillToTell, type Notification } from './readers'
import { ABSENT_DAYS, DIGEST_HOUR } from './rules'

const messenger = systemViewer('digest')
type Cadence = 'daily' | 'weekly' | 'monthly'
/** How far a digest looks back when there was none before. */
const DAYS: Record<Cadence, number> = { daily: 1, weekly: 7, monthly: 31 }
const MOST_LINES = 10
const MOST_QUESTIONS = 5
/** People asked in one go; the next hour takes who is left. */
const AT_ONCE = 2000

/** Every hour: whose morning it is gets what they have not read, once a day, week (Monday) or month (the first). */
export async function sendDigests(): Promise<void> {
  const moment = now()
  const candidates = await transaction(messenger, (tx) =>
    tx.execute<{ person_id: string; digest: Cadence; time_zone: string }>(sql`
      select s.person_id, s.digest, p.time_zone from notification_settings s join people p on p.id = s.person_id and p.status = 'member'
      where s.digest <> 'never' and s.mode <> 'nothing' and p.seen_at > ${moment.toISOString()}::timestamptz - make_interval(days => ${ABSENT_DAYS})
        and not exists (select 1 from digests d where d.person_id = s.person_id
          and d.created_at > ${moment.toISOString()}::timestamptz - make_interval(hours => 12))
      order by p.seen_at desc limit ${AT_ONCE}`),
  )
  for (const { person_id: personId, digest, time_zone: timeZone } of candidates) {
    const period = periodOf(digest, timeZone, moment)
    if (period) await transaction(messenger, (tx) => claim(tx, personId, digest, period))
  }
}

type Tx = Parameters<Parameters<typeof transaction>[1]>[0]

/** The row is the promise: of two processes one gets it, and a second run finds it. */
async function claim(tx: Tx, personId: string, cadence: Cadence, period: string) {
  const [previous] = await tx
    .select({ createdAt: digests.createdAt })
    .from(digests)
    .where(eq(digests.personId, personId))
    .orderBy(desc(digests.createdAt))
    .limit(1)
  const createdAt = now()
  const claimed = await tx
    .insert(digests)
    .values({ personId, period, createdAt })
    .onConflictDoNothing()
    .returning({ period: digests.period })
  if (claimed.length === 0) return
  const back = (days: number) => new Date(createdAt.getTime() - days * 86_400_000)
  const since = previous && previous.createdAt > back(DAYS.monthly) ? previous.createdAt : back(DAYS[cadence])
  const mailId = await queueWritten(tx, { writer: 'digest', about: { personId, since: since.toISOString() }, personId })
  await tx
    .update(digests)
    .set({ mailId })
    .where(and(eq(digests.personId, personId), eq(digests.period, period)))
}

/** The day, week or month whose digest is due, on the person's own calendar; null before its morning. */
export function periodOf(cadence: Cadence, timeZone: string, moment: Date): string | null {
  const { year, month, day, hour } = localTime(moment, timeZone)
  const today = new Date(Date.UTC(year, month - 1, day))
  const start =
    cadence === 'daily'
      ? today
      : cadence === 'weekly'
        ? new Date(today.getTime() - ((today.getUTCDay() + 6) % 7) * 86_400_000)
        : new Date(Date.UTC(year, month - 1, 1))
  if (start.getTime() === today.getTime() && hour < DIGEST_HOUR) return null
  return `${cadence} ${start.toISOString().slice(0, 10)}`
}

/** Written when it is handed over; without anything new there is no mail at all. */
export const writeDigest: Writer = async ({ personId, since }) => {
  const reader = await mailReader(String(personId))
  if (!reader || reader.viewer.suspended) return null
  const { viewer, address } = reader
  const settings = await settingsOf(viewer.personId)
  if (settings.digest === 'never' || settings.mode === 'nothing') return null
  // What was there before it was asked for is no news.
  const from = new Date(Math.max(Date.parse(String(since)), settings.digestSince?.getTime() ?? 0))
  const lines = await unreadLines(viewer, from)
  const asked = await newQuestions(viewer, from)
  if (lines.length + asked.length === 0) return null

  const { link, headers } = await streamHeaders(viewer.personId, { kind: 'digest' }, 'digest')
  const names = await handlesShown(lines.map((line) => line.actorHandleId))
  const told = lines.map((line) => {
    const who = line.actorHandleId ? names.get(line.actorHandleId) : undefined
    return { words: whatHappened(line.kind, line.why, who ? nameWithSeat(who) : say('notifications.somebody')), to: places.notice(line.id) }
  })
  const questions = asked.map((it) => ({
    words: it.access === 'open' ? it.title : say('notifications.digest.private', { room: mailName(it.name) }),
    to: places.thread(it.slug, it.number),
  }))
  const subject = say(`notifications.digest.subject.${settings.digest}`)
  const doors = doorsOf(link, 'digest')
  const why = say('notifications.digest.why')
  const sections = [
    { title: say('notifications.digest.around'), items: told },
    { title: say('notifications.digest.asked'), items: questions },
  ].filter(({ items }) => items.length > 0)
  return {
    to: address,
    subject,
    text: [
      ...sections.map(({ title, items }) => `${title}\n\n${items.map(({ words, to }) => `- ${words}\n  ${to}`).join('\n')}\n`),
      '-- ',
      why,
      ...doors.text,
    ].join('\n'),
    html: mailPage(
      subject,
      sections.map(
        ({ title, items }) =>
          `<h2 style="font-size:18px">${inHtml(title)}</h2><ul>${items.map(({ words, to }) => `<li style="margin:0 0 8px">${htmlLink(to, words)}</li>`).join('')}</ul>`,
      ),
      [inHtml(why), doors.html],
    ),
    headers,
  }
}

/** Unread lines of the inbox since then, where a digest is wanted, and which no mail has told already. */
async function unreadLines(viewer: PersonViewer, from: Date): Promise<Notification[]> {
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ id: notifications.id })
      .from(notifications)
      .where(
        and(
          eq(notifications.personId, viewer.personId),
          sql`${notifications.leads}`,
          isNull(notifications.readAt),
          gte(notifications.createdAt, from),
        ),
      )
      .orderBy(desc(notifications.createdAt))
      .limit(MOST_LINES * 3),
  )
  if (rows.length === 0) return []
  const told = await stillToTell(
    viewer,
    rows.map((row) => row.id),
    'digest',
  )
  return told.slice(-MOST_LINES).reverse()
}

/** New questions in the rooms they are in, the most followed first, but for those they asked or opened. */
async function newQuestions(viewer: PersonViewer, from: Date) {
  const rooms = viewer.memberOf.filter((id) => !viewer.suspendedIn.includes(id))
  if (rooms.length === 0) return []
  return transaction(viewer, async (tx) => {
    const silent = await tx.execute<{ thread_id: string }>(sql`
      select thread_id from thread_reads where person_id = ${viewer.personId} and read_at >= ${from.toISOString()}::timestamptz
      union select thread_id from thread_mutes where person_id = ${viewer.personId}`)
    return tx
      .select({ title: threads.title, number: threads.number, slug: communities.slug, name: communities.name, access: communities.access })
      .from(threads)
      .innerJoin(communities, eq(communities.id, threads.communityId))
      .where(
        and(
          inArray(threads.communityId, rooms),
          gte(threads.createdAt, from),
          ne(threads.handleId, viewer.handleId),
          isNull(threads.hiddenByDecisionId),
          silent.length > 0
            ? notInArray(
                threads.id,
                silent.map((row) => row.thread_id),
              )
            : undefined,
          visibleTo(viewer),
        ),
      )
      .orderBy(desc(threads.followerCount), desc(threads.createdAt))
      .limit(MOST_QUESTIONS)
  })
}
