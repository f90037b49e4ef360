import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import { db, type Tx } from '~/db/client'
import { halfSignIns, people, sessions } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { NO_ROLES, visitor, type PersonViewer, type Roles, type Silence, type Viewer } from '~/server/viewer'
import { cookieName, secure } from './cookies'

/** Unused for this long, a session ends. */
const IDLE_DAYS = 30
/** However busy, a session ends. */
const ABSOLUTE_DAYS = 90
/** Before anything that could lock the owner out, they show again who they are; that holds for this long. */
const PROOF_HOLDS_MINUTES = 15

declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia
    DatabaseUserAttributes: ViewerFacts
    DatabaseSessionAttributes: { device: string; startedBy: StartedBy; proved?: boolean }
  }
}
export type StartedBy = (typeof sessions.$inferSelect)['startedBy']
type ViewerFacts = Omit<PersonViewer, 'kind' | 'sessionId' | 'proved'>

/** One query answers who is asking and all that the policy may ask about them. */
async function sessionAndViewer(sessionId: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
  const [row] = await db.execute<ViewerRow & SessionRow>(sql`
    select s.id, s.expires_at::text as expires_at, s.device, s.started_by, s.started_by = 'passkey' as by_passkey, s.proved_at > ${minutesAgo(PROOF_HOLDS_MINUTES)}::timestamptz as proved, ${facts}
    from sessions s join people p on p.id = s.person_id and p.status = 'member' ${ownHandle}
    where s.id = ${sessionId} and s.created_at > ${minutesAgo(ABSOLUTE_DAYS * 1440)}::timestamptz`)
  if (!row) return [null, null]
  const attributes = { device: row.device, startedBy: row.started_by, proved: row.proved }
  return [
    { id: row.id, userId: row.person_id, expiresAt: new Date(row.expires_at), attributes },
    { id: row.person_id, attributes: factsOf(row) },
  ]
}

const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000).toISOString()

/** Somebody who acts without a browser: by a mail they answered, or when it is asked what they may still read. */
export async function viewerOf(personId: string): Promise<PersonViewer | null> {
  const [row] = await db.execute<ViewerRow>(
    sql`select ${facts}, exists (select 1 from passkeys k where k.person_id = p.id) as by_passkey
      from people p ${ownHandle} where p.id = ${personId} and p.status = 'member'`,
  )
  return row ? { kind: 'person', sessionId: '', proved: false, ...factsOf(row) } : null
}

const MOST_UNNAMED = 500
const ownHandle = sql`join lateral (select * from handles where person_id = p.id and kind = 'member' order by created_at limit 1) h on true`
const facts = sql`p.id as person_id, p.is_operator, p.theme, p.time_zone,
      h.id as handle_id, h.handle, h.display_name,
      to_jsonb(array(select u.id::text from handles u where u.person_id = p.id and u.kind = 'unnamed' order by u.created_at desc limit ${MOST_UNNAMED})) as unnamed_as,
      exists (select 1 from account_emails e where e.person_id = p.id and e.confirmed_at is not null) as confirmed,
      exists (select 1 from totp_secrets f where f.person_id = p.id) as has_app,
      exists (select 1 from portal_settings x where x.name = 'second-step-for-roles') as roles_need_second_step,
      exists (select 1 from portal_moderators m where m.person_id = p.id and m.ended_at is null) as is_portal_moderator,
      to_jsonb(array(select m.community_id::text from memberships m where m.person_id = p.id)) as member_of,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by c.name)
        from community_moderators m join communities c on c.id = m.community_id
        where m.person_id = p.id and m.ended_at is null), '[]') as moderated,
      to_jsonb(array(select coalesce(x.community_id::text, 'portal') from suspensions x
        where x.person_id = p.id and x.lifted_by_decision_id is null and (x.until is null or x.until > now()))) as suspended_in,
      coalesce((select jsonb_agg(jsonb_build_object('decisionId', q.decision_id, 'communityId', q.community_id, 'communityName', c.name, 'until', q.until, 'rule', d.rule) order by q.until desc)
        from silences q join decisions d on d.id = q.decision_id left join communities c on c.id = q.community_id
        where q.person_id = p.id and q.lifted_by_decision_id is null and q.until > now()), '[]') as silences,
      coalesce((select jsonb_agg(jsonb_build_object('vendorId', v.id, 'vendorSlug', v.slug, 'vendorName', v.name, 'role', f.role,
          'live', f.ended_at is null) order by f.started_at) from vendor_staff f join vendors v on v.id = f.vendor_id where f.person_id = p.id), '[]') as staff`

function factsOf(row: ViewerRow): ViewerFacts {
  const seats = listed(row.staff)
  const moderated = listed(row.moderated)
  const roles: Roles = {
    isOperator: row.is_operator,
    isPortalModerator: row.is_portal_moderator,
    moderates: moderated.map((room) => room.id),
    moderatedRooms: moderated.map(({ slug, name }) => ({ slug, name })),
    staffOf: seats.filter((seat) => seat.live).map(({ live: _, ...seat }) => seat),
  }
  const hasRole = roles.isOperator || roles.isPortalModerator || roles.moderates.length > 0 || roles.staffOf.length > 0
  const needsSecondStep = hasRole && row.roles_need_second_step
  const hasSecondStep = row.has_app || row.by_passkey
  const waiting = needsSecondStep && !hasSecondStep
  return {
    personId: row.person_id,
    handleId: row.handle_id,
    handle: row.handle,
    displayName: row.display_name,
    unnamedAs: row.unnamed_as,
    confirmed: row.confirmed,
    suspended: row.suspended_in.includes('portal'),
    suspendedIn: row.suspended_in.filter((where) => where !== 'portal'),
    silences: listed(row.silences),
    memberOf: row.member_of,
    ...(waiting ? NO_ROLES : roles),
    rolesWaiting: waiting ? roles : null,
    hasApp: row.has_app,
    hasSecondStep,
    needsSecondStep,
    everStaffOf: seats.map((seat) => seat.vendorId),
    theme: row.theme,
    timeZone: row.time_zone,
  }
}

// An aggregate and an empty list of its own come back as words.
const listed = <T>(list: T[] | string): T[] => (typeof list === 'string' ? (JSON.parse(list) as T[]) : list)

type SessionRow = { id: string; expires_at: string; device: string; started_by: StartedBy; proved: boolean }
type ViewerRow = {
  person_id: string
  is_operator: boolean
  theme: 'light' | 'dark' | null
  time_zone: string
  handle_id: string
  handle: string
  display_name: string
  unnamed_as: string[]
  confirmed: boolean
  has_app: boolean
  by_passkey: boolean
  roles_need_second_step: boolean
  is_portal_moderator: boolean
  member_of: string[]
  moderated: { id: string; slug: string; name: string }[]
  suspended_in: string[]
  silences: Silence[]
  staff: { vendorId: string; vendorSlug: string; vendorName: string; role: string; live: boolean }[]
}

/** Signing in, and coming back within the month, is being here. */
const seen = (personId: string) => db.update(people).set({ seenAt: now() }).where(eq(people.id, personId))

const adapter: Adapter = {
  getSessionAndUser: sessionAndViewer,
  async getUserSessions(personId) {
    const rows = await db.select().from(sessions).where(eq(sessions.personId, personId))
    return rows.map(({ id, personId: userId, expiresAt, device, startedBy }) => ({
      id,
      userId,
      expiresAt,
      attributes: { device, startedBy },
    }))
  },
  async setSession(session) {
    await db.insert(sessions).values({
      id: session.id,
      personId: session.userId,
      expiresAt: session.expiresAt,
      createdAt: now(),
      provedAt: now(),
      device: session.attributes.device,
      startedBy: session.attributes.startedBy,
    })
    await seen(session.userId)
  },
  async updateSessionExpiration(id, expiresAt) {
    const [session] = await db
      .update(sessions)
      .set({ expiresAt, seenAt: now() })
      .where(eq(sessions.id, id))
      .returning({ personId: sessions.personId })
    if (session) await seen(session.personId)
  },
  async deleteSession(id) {
    await db.delete(sessions).where(eq(sessions.id, id))
  },
  async deleteUserSessions(personId) {
    await db.delete(sessions).where(eq(sessions.personId, personId))
  },
  async deleteExpiredSessions() {
    await db.delete(sessions).where(lt(sessions.expiresAt, now()))
  },
}

export const SESSION_COOKIE = cookieName('session')

const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
  sessionCookie: { name: SESSION_COOKIE, attributes: { secure, sameSite: 'lax', path: '/' } },
  getUserAttributes: (attributes) => attributes,
  getSessionAttributes: (attributes) => attributes,
})

const hashed = (token: string) => createHash('sha256').update(token).digest('hex')

/** The viewer behind a Cookie header, and the cookie to send back when the session was prolonged or has ended. */
export async function viewerFromCookies(cookies: string | undefined): Promise<{ viewer: Viewer; setCookie: string | null }> {
  const token = lucia.readSessionCookie(cookies ?? '')
  if (!token) return { viewer: visitor, setCookie: null }
  const { session, user } = await lucia.validateSession(hashed(token))
  if (!session) return { viewer: visitor, setCookie: lucia.createBlankSessionCookie().serialize() }
  const { id: _, ...facts } = user
  return {
    viewer: { kind: 'person', sessionId: session.id, proved: session.proved ?? false, ...facts },
    setCookie: session.fresh ? lucia.createSessionCookie(token).serialize() : null,
  }
}

/** Begins a session and returns its cookie. */
export async function startSession(personId: string, device: string, startedBy: StartedBy = 'password'): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await lucia.createSession(personId, { device: device.slice(0, 200), startedBy }, { sessionId: hashed(token) })
  return lucia.createSessionCookie(token).serialize()
}

/** Ends one session and returns the cookie that clears it. */
export async function endSession(sessionId: string, tx: Pick<Tx, 'delete'> = db): Promise<string> {
  await tx.delete(sessions).where(eq(sessions.id, sessionId))
  return lucia.createBlankSessionCookie().serialize()
}

/** Ends every session of a person but the one to keep, and what is halfway to another; returns how many there were. */
export async function endOtherSessions(personId: string, keep: string | null, tx: Pick<Tx, 'delete'> = db): Promise<number> {
  const ended = await tx
    .delete(sessions)
    .where(keep ? and(eq(sessions.personId, personId), ne(sessions.id, keep)) : eq(sessions.personId, personId))
    .returning({ id: sessions.id })
  await tx.delete(halfSignIns).where(eq(halfSignIns.personId, personId))
  return ended.length
}

/** Ends what these people began through a provider, but for the session to keep; returns whose sessions ended. */
export async function endSessionsByProvider(personIds: string[], keep: string, tx: Pick<Tx, 'delete'>): Promise<string[]> {
  const begun = and(inArray(sessions.personId, personIds), eq(sessions.startedBy, 'provider'), ne(sessions.id, keep))
  const ended = await tx.delete(sessions).where(begun).returning({ personId: sessions.personId })
  await tx.delete(halfSignIns).where(and(inArray(halfSignIns.personId, personIds), eq(halfSignIns.startedBy, 'provider')))
  return [...new Set(ended.map(({ personId }) => personId))]
}

/** They have just shown again who they are. */
export async function keepProof(viewer: PersonViewer): Promise<void> {
  await db.update(sessions).set({ provedAt: now() }).where(eq(sessions.id, viewer.sessionId))
}

export async function sessionList(viewer: PersonViewer) {
  const rows = await db.select().from(sessions).where(eq(sessions.personId, viewer.personId)).orderBy(desc(sessions.seenAt)).limit(100)
  return rows.map(({ id, device, startedBy, createdAt, seenAt }) => ({
    device,
    startedBy,
    startedAt: createdAt,
    seenAt,
    current: id === viewer.sessionId,
  }))
}

export async function endExpiredSessions(): Promise<void> {
  await lucia.deleteExpiredSessions()
}
