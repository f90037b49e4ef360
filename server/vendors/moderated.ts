import { sql } from 'drizzle-orm'
import { vendors } from '~/db/schema'

/** Restrictions decided in the open rooms of a vendor within a year, and what became of those that somebody appealed: the public log, counted. */
export type Moderated = { decided: number; upheld: number; overturned: number }
export const moderated = sql<Moderated>`(select json_build_object('decided', count(*), 'upheld', count(*) filter (where d.became = 'upheld'), 'overturned', count(*) filter (where d.became = 'overturned'))
  from (select appealed_as(d.id) as became from communities c join decisions d on d.community_id = c.id
    where d.act in ('hide', 'lock', 'warn', 'silence', 'suspend') and d.decided_at > now() - interval '1 year' and c.host_vendor_id = ${vendors}.id and c.access = 'open' offset 0) d)`
