import { Link, useLocation } from '@remix-run/react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { PostBody } from '../threads/post-body'
import { Button } from '../ui'
import { useAutosave, type SavedAs } from './use-autosave'

/** `preview`: what is typed here is drawn; `drawn`: the saved draft as it will look. */
type Props = { draft: DraftShown | null; values: Refused['values']; preview?: boolean; drawn?: string | null }

/** Within a form, after its main button: keeps what is typed, by itself, and by its own button without JavaScript. */
export function DraftKeeper({ draft, values, preview, drawn }: Props) {
  const marker = useRef<HTMLInputElement>(null)
  const [live, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  // What came back after signing in, or was refused, is newer than what is kept.
  const restored = Object.keys(values).length > 0 && values !== draft?.newest?.fields
  const { state, saved, save } = useAutosave(marker, draft, begunAs(draft, values), restored)
  const { pathname, search } = useLocation()
  if (!draft) return null
  const address = paths.draft(draft.kind, draft.subjectId)
  const link = (chunks: ReactNode) => <Link to={address}>{chunks}</Link>
  const signIn = (chunks: ReactNode) => <a href={paths.signIn(pathname + search)}>{chunks}</a>
  return (
    <div className="draftline">
      <input type="hidden" name="draftId" value={saved.id} ref={marker} readOnly />
      <input type="hidden" name="draftVersion" value={saved.version} readOnly />
      <input type="hidden" name="opened" defaultValue={Object.keys(values).length > 0 ? typed(values, 'opened') : draft.opened} />
      <p className="meta" role="status">
        {state === 'still' ? null : sayRich(`draft.state.${state}`, { link, signIn })}
      </p>
      <Button
        variant="quiet"
        size="sm"
        formAction={address}
        formNoValidate
        onClick={(event) => {
          if (!live) return
          event.preventDefault()
          save()
        }}
      >
        {say('draft.save')}
      </Button>
      {preview && !live ? (
        <Button variant="quiet" size="sm" formAction={address} formNoValidate name="preview" value="1">
          {say('draft.preview')}
        </Button>
      ) : null}
      {drawn ? (
        <section className="drawn" aria-label={say('ui.preview')}>
          <PostBody html={drawn} />
        </section>
      ) : null}
    </div>
  )
}

function begunAs(draft: DraftShown | null, values: Refused['values']): SavedAs {
  const { id, version } = draft?.newest ?? { id: '', version: 0 }
  const carried = typed(values, 'draftId')
  return carried ? { id: carried, version: Number(typed(values, 'draftVersion', '0')) || 0 } : { id, version }
}
