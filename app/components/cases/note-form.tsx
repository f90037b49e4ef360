import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { DraftKeeper, DraftNote, formOf } from '../drafts'
import { Button, ErrorSummary, PostForm, TextArea } from '../ui'
import { useRounds } from './message-form'

/** Stands in the case, folded, and on a page of its own where a refusal brings it back as it was typed. */
export function NoteForm({ caseId, draft, ownPage }: { caseId: string; draft: DraftShown | null; ownPage?: boolean }) {
  const { errors, values: own } = useForm(draft)
  const values = ownPage ? own : (draft?.newest?.fields ?? {})
  const action = paths.noteOnCase(caseId)
  const round = useRounds(action, Object.keys(errors).length > 0)
  const label = say('case.notes.body')
  return (
    <>
      <DraftNote draft={draft} />
      <PostForm action={action} key={`${round} ${formOf(draft)}`} className="grid gap-4">
        <ErrorSummary errors={ownPage ? errors : {}} labels={{ body: label }} />
        <TextArea
          label={label}
          name="body"
          id="case-note"
          rows={4}
          error={ownPage ? errors.body : undefined}
          defaultValue={typed(values, 'body')}
        />
        <div className="btns">
          <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('case.notes.keep')}</Button>
        </div>
        <DraftKeeper draft={draft} values={values} />
      </PostForm>
    </>
  )
}
