import type { Colleague } from '~/server/relationships'
import { say } from '~/words'
import { paths } from '~/app/paths'
import { typed, useForm } from '~/app/form'
import { Button, ErrorSummary, PostForm, Select, TextArea, TextInput } from '../ui'

/** Small on the record; on a page of its own it is what the page is for. */
const actOf = (ownPage?: boolean) => (ownPage ? ({ variant: 'primary' } as const) : ({ size: 'sm' } as const))

/** The forms of a record. Each stands on the record, folded, and on a page of its own where a refusal brings it back as it was typed. */
export function NoteForm({ relationshipId, ownPage }: { relationshipId: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  return (
    <PostForm action={paths.addNote(relationshipId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={{ body: say('relationships.notes.body') }} />
      <TextArea label={say('relationships.notes.body')} name="body" rows={4} error={errors.body} defaultValue={typed(values, 'body')} />
      <div className="btns">
        <Button {...actOf(ownPage)}>{say('relationships.notes.keep')}</Button>
      </div>
    </PostForm>
  )
}

/** One text and one button; a day and a next step where somebody wants them. */
export function MeetingForm({ relationshipId, about, ownPage }: { relationshipId: string; about: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = {
    outcome: say('relationships.meetings.outcome'),
    heldOn: say('relationships.meetings.heldOn'),
    next: say('relationships.meetings.next'),
  }
  return (
    <PostForm action={paths.logMeeting(relationshipId)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextArea
        label={labels.outcome}
        name="outcome"
        rows={4}
        maxLength={2000}
        help={say('relationships.meetings.outcomeHelp', { name: about })}
        error={errors.outcome}
        defaultValue={typed(values, 'outcome')}
      />
      <TextInput
        label={labels.next}
        name="next"
        optional
        maxLength={200}
        help={say('relationships.meetings.nextHelp')}
        error={errors.next}
        defaultValue={typed(values, 'next')}
      />
      <TextInput type="date" label={labels.heldOn} name="heldOn" optional error={errors.heldOn} defaultValue={typed(values, 'heldOn')} />
      <div className="btns">
        <Button {...actOf(ownPage)}>{say('relationships.meetings.keep')}</Button>
      </div>
    </PostForm>
  )
}

export function TaskForm({ action, staff, me, ownPage }: { action: string; staff: Colleague[]; me: string | null; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = { what: say('relationships.tasks.what'), owner: say('relationships.tasks.owner'), due: say('relationships.tasks.due') }
  return (
    <PostForm action={action} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput label={labels.what} name="what" error={errors.what} defaultValue={typed(values, 'what')} />
      <Select
        label={labels.owner}
        name="owner"
        error={errors.owner}
        defaultValue={typed(values, 'owner', me ?? '')}
        options={staff.map((one) => ({ value: one.handle, label: one.displayName }))}
      />
      <TextInput type="date" label={labels.due} name="due" error={errors.due} defaultValue={typed(values, 'due')} />
      <div className="btns">
        <Button {...actOf(ownPage)}>{say('relationships.tasks.assign')}</Button>
      </div>
    </PostForm>
  )
}

export function StateForm({ relationshipId, standing, ownPage }: { relationshipId: string; standing: string[]; ownPage?: boolean }) {
  const { errors } = useForm()
  const open = (['customer', 'partner'] as const).filter((state) => !standing.includes(state))
  return (
    <>
      <ErrorSummary errors={errors} />
      <div className="btns">
        {open.map((state) => (
          <PostForm key={state} action={paths.proposeState(relationshipId)} fields={{ state }}>
            <Button {...actOf(ownPage)}>{say(`relationships.state.propose.${state}`)}</Button>
          </PostForm>
        ))}
      </div>
    </>
  )
}

export function ContestAnswerForm({ relationshipId, contestId }: { relationshipId: string; contestId: string }) {
  const { errors, values } = useForm()
  const label = say('relationships.contested.answer')
  return (
    <PostForm action={paths.answerContest(relationshipId, contestId)} className="mt-3 grid gap-3">
      <ErrorSummary errors={errors} labels={{ answer: label }} />
      <TextArea
        label={label}
        name="answer"
        id={`answer-${contestId}`}
        rows={3}
        error={errors.answer}
        defaultValue={typed(values, 'answer')}
      />
      <div className="btns">
        <Button size="sm">{say('relationships.contested.send')}</Button>
      </div>
    </PostForm>
  )
}

export function ContestForm({ vendorSlug, ownPage }: { vendorSlug: string; ownPage?: boolean }) {
  const { errors, values } = useForm()
  const labels = { about: say('relationships.mine.contestAbout'), body: say('relationships.mine.contestBody') }
  return (
    <PostForm action={paths.contest(vendorSlug)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <p className="meta">{say('relationships.mine.contestHelp')}</p>
      <TextInput label={labels.about} name="about" error={errors.about} defaultValue={typed(values, 'about')} />
      <TextArea label={labels.body} name="body" rows={4} error={errors.body} defaultValue={typed(values, 'body')} />
      <div className="btns">
        <Button {...actOf(ownPage)}>{say('relationships.mine.contestSend')}</Button>
      </div>
    </PostForm>
  )
}
