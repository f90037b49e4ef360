import { eq } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { handles } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { renderMarkdown } from '~/server/platform/markdown'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { ProfileInput } from './input'

/** What the form of one's own profile holds. */
export async function profileForm(viewer: PersonViewer) {
  authorize(viewer, 'profile.change', null)
  const [profile] = await db.select({ about: handles.about }).from(handles).where(eq(handles.id, viewer.handleId))
  return { handle: viewer.handle, displayName: viewer.displayName, about: profile?.about ?? '' }
}

/** The name that stands beside everything somebody wrote, and what they say of themselves. The handle stays. */
export async function changeProfile(viewer: PersonViewer, { displayName, about = '' }: ProfileInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'profile.change', null)
    await tx
      .update(handles)
      .set({ displayName, about, aboutHtml: renderMarkdown(about) })
      .where(eq(handles.id, viewer.handleId))
    await record(tx, viewer, 'profile.changed', { personId: viewer.personId })
  })
}
