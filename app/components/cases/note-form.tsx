import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Button, ErrorSummary, PostForm, TextArea } from '../ui'

/** Stands in the case, folded, and on a page of its own where a refusal brings it back as it was typed. */
export function NoteForm({ caseId, ownPage }: { caseId: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const label = say('case.notes.body')
  return (
    <PostForm action={paths.noteOnCase(caseId)} className="grid gap-4">
      <ErrorSummary errors={ownPage ? errors : {}} labels={{ body: label }} />
      <TextArea
        label={label}
        name="body"
        id="case-note"
        rows={4}
        error={ownPage ? errors.body : undefined}
        defaultValue={ownPage ? typed(values, 'body') : ''}
      />
      <div className="btns">
        <Button {...(ownPage ? { variant: 'primary' } : { size: 'sm' })}>{say('case.notes.keep')}</Button>
      </div>
    </PostForm>
  )
}
