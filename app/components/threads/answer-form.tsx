import { useEffect, useRef, useState } from 'react'
import { typed, useForm } from '~/app/form'
import { sayRich } from '~/app/words'
import type { FileShown } from '~/server/attachments/types'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { FilesField } from '../attachments'
import { DraftKeeper, DraftNote, formOf } from '../drafts'
import { Silenced } from '../frame'
import { Button, ErrorSummary, MarkdownField, PostForm, useSending } from '../ui'

type Answering = {
  action: string
  name: string | null
  draft: DraftShown | null
  files: FileShown[]
  threadId: string
  communityId: string
  drawn: string | null
  of: 'thread' | 'idea'
}

/** An answer to a question, or a reply to an idea, being written. */
export function AnswerForm({ action, name, draft, files, threadId, communityId, drawn, of }: Answering) {
  const { errors, values } = useForm(draft)
  const round = useRounds(action, Object.keys(errors).length > 0)
  return (
    <section className="reply sect" id="reply">
      <h2>{say(`${of}.reply.title`)}</h2>
      <p className="meta mt-1 mb-3">
        {name ? sayRich(`${of}.reply.as`, { name: '', who: () => <b>{name}</b> }) : say('thread.reply.signIn')}
      </p>
      <DraftNote draft={draft} />
      <PostForm action={action} encType="multipart/form-data" key={`${round} ${formOf(draft)}`}>
        <ErrorSummary errors={errors} labels={{ body: say(`${of}.reply.title`), attach: say('files.label') }} />
        <MarkdownField
          label={say(`${of}.reply.title`)}
          labelHidden
          name="body"
          place={{ kind: 'answer', subjectId: threadId }}
          rows={6}
          required
          maxLength={30_000}
          placeholder={say(`${of}.reply.placeholder`)}
          defaultValue={typed(values, 'body')}
          error={errors.body}
        />
        <FilesField place={{ kind: 'answer', subjectId: threadId }} files={files} values={values} errors={errors} />
        <div className="under">
          <span>
            <Silenced communityId={communityId} />
          </span>
          <Button variant="primary">{say(`${of}.reply.send`)}</Button>
        </div>
        <DraftKeeper draft={draft} values={values} drawn={drawn} preview />
      </PostForm>
    </section>
  )
}

/** Counts the answers that were taken: what was sent no longer stands in the field, what was refused does. */
function useRounds(action: string, refused: boolean) {
  const sending = useSending(action)
  const [round, setRound] = useState(0)
  const sent = useRef(false)
  useEffect(() => {
    if (sent.current && !sending && !refused) setRound((before) => before + 1)
    sent.current = sending
  }, [sending, refused])
  return round
}
