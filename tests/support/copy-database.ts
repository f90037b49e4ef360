import postgres from 'postgres'

// Imports nothing of the product: workers set its environment first.

export const OWNER_ROLE = 'parley_owner'

/** The server of this run, the migrated database on it, and a folder for files. */
export type TestDatabase = { superUrl: string; template: string; folder: string }

/** A superuser who has stepped down to a role is bound by its rights and its row-level security. */
export function urlsFor(superUrl: string, database: string) {
  const url = new URL(superUrl)
  url.pathname = `/${database}`
  return { appUrl: `${url.href}?options=-c%20role%3Dparley_app`, ownerUrl: `${url.href}?options=-c%20role%3D${OWNER_ROLE}` }
}

/** The worker's own copy of the migrated database. */
export async function copyDatabase({ superUrl, template }: TestDatabase, worker: string) {
  const copy = `${template}_${worker}`
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} })
  try {
    // Two copies at once would find each other connected to the template.
    await sql`select pg_advisory_lock(727540)`
    const [there] = await sql`select 1 from pg_database where datname = ${copy}`
    if (!there) await sql.unsafe(`create database ${copy} template ${template} owner ${OWNER_ROLE}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
  return urlsFor(superUrl, copy)
}
