import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { ActionButton, Banner, RelativeTime } from '../ui'

/** Above a form: the draft that it continues, the way to be rid of it, and the way back. */
export function DraftNote({ draft }: { draft: DraftShown | null }) {
  if (!draft) return null
  const { newest, others, discarded } = draft
  return (
    <>
      {others > 0 ? (
        <Banner kind="caution" end={<Link to={paths.draft(draft.kind, draft.subjectId)}>{say('draft.compare')}</Link>}>
          {say('draft.several', { count: others + 1 })}
        </Banner>
      ) : null}
      {newest ? (
        <div className="meta draftnote">
          <span>
            {say('draft.yours')} <RelativeTime at={newest.savedAt} />
          </span>
          <ActionButton action={paths.discardDraft(newest.id)} label={say('draft.discard')} variant="text" />
        </div>
      ) : null}
      {discarded ? (
        <div className="meta draftnote">
          <span>{say('draft.discarded')}</span>
          <ActionButton action={paths.restoreDraft(discarded.id)} label={say('ui.undo')} variant="text" />
        </div>
      ) : null}
    </>
  )
}

/** A form begins anew when its draft was discarded or brought back; not because something was saved. */
export const formOf = (draft: DraftShown | null) => draft?.discarded?.id ?? 'new'
