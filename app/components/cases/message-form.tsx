import { useEffect, useRef, useState } from 'react'
import { typed, useForm } from '~/app/form'
import type { DraftShown } from '~/server/drafts/types'
import { DraftKeeper, DraftNote, formOf } from '../drafts'
import { Button, ErrorSummary, PostForm, TextArea, useSending } from '../ui'

type Props = { action: string; draft: DraftShown | null; label: string; help?: string; send: string; rows?: number }

/** A private message being written; what is typed is kept as a draft. */
export function MessageForm({ action, draft, label, help, send, rows = 5 }: Props) {
  const { errors, values } = useForm(draft)
  const round = useRounds(action, Object.keys(errors).length > 0)
  return (
    <>
      <DraftNote draft={draft} />
      <PostForm action={action} key={`${round} ${formOf(draft)}`}>
        <ErrorSummary errors={errors} labels={{ body: label }} />
        <TextArea
          label={label}
          name="body"
          help={help}
          rows={rows}
          required
          maxLength={10_000}
          defaultValue={typed(values, 'body')}
          error={errors.body}
        />
        <div className="btns mt-4">
          <Button variant="primary">{send}</Button>
        </div>
        <DraftKeeper draft={draft} values={values} />
      </PostForm>
    </>
  )
}

/** Counts what was taken: what was sent no longer stands in the field, what was refused does. */
export function useRounds(action: string, refused: boolean) {
  const sending = useSending(action)
  const [round, setRound] = useState(0)
  const sent = useRef(false)
  useEffect(() => {
    if (sent.current && !sending && !refused) setRound((before) => before + 1)
    sent.current = sending
  }, [sending, refused])
  return round
}
