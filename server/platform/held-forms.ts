import { and, eq, gt, lt } from 'drizzle-orm'
import { db } from '~/db/client'
import { heldForms } from '~/db/schema'
import { now } from './clock'

const KEPT_HOURS = 24

/** `path` is the page where the form stands, `postedTo` the address that takes it. */
type Held = { path: string; postedTo: string; fields: Record<string, string | string[]> }

/** Keeps what was typed into a form that could not be taken yet; under the same token, instead of what was kept before. */
export async function holdForm(tokenHash: string, form: Held): Promise<void> {
  const expiresAt = new Date(now().getTime() + KEPT_HOURS * 3_600_000)
  const { path, postedTo, fields } = form
  const kept = { path: path.slice(0, 2000), postedTo: postedTo.slice(0, 2000), fields, expiresAt }
  await db
    .insert(heldForms)
    .values({ tokenHash, ...kept })
    .onConflictDoUpdate({ target: heldForms.tokenHash, set: kept })
}

/** What was kept for this page, if it is still kept. */
export async function heldForm(tokenHash: string, path: string): Promise<Record<string, string | string[]> | null> {
  const [row] = await db
    .select({ fields: heldForms.fields })
    .from(heldForms)
    .where(and(eq(heldForms.tokenHash, tokenHash), eq(heldForms.path, path), gt(heldForms.expiresAt, now())))
  return row?.fields ?? null
}

/** Says whether there was one. */
export async function forgetHeldForm(tokenHash: string, postedTo: string): Promise<boolean> {
  const gone = await db
    .delete(heldForms)
    .where(and(eq(heldForms.tokenHash, tokenHash), eq(heldForms.postedTo, postedTo.slice(0, 2000))))
    .returning({ path: heldForms.path })
  return gone.length > 0
}

export async function forgetHeldForms(): Promise<void> {
  await db.delete(heldForms).where(lt(heldForms.expiresAt, now()))
}
