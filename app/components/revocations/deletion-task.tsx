import { paths } from '~/app/paths'
import { typed, useForm } from '~/app/form'
import type { DeletionShown } from '~/server/revocations'
import { say, sayList } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'
import { Button, CircleCheck, ErrorSummary, Hourglass, PostForm, State, TextArea, TriangleAlert } from '../ui'
import { fieldsInWords } from '../vault'

const SIGNS = {
  asked: { kind: 'wait', icon: Hourglass },
  overdue: { kind: 'bad', icon: TriangleAlert },
  done: { kind: 'ok', icon: CircleCheck },
} as const

/** What the vendor has to delete, and by when; one button says that it is done. */
export function DeletionTask({ task, relationshipId, ownPage }: { task: DeletionShown; relationshipId: string | null; ownPage?: boolean }) {
  return (
    <>
      <p>{say('revocation.task.what', { fields: fieldsInWords(task.keys) })}</p>
      {task.thirdParties.length > 0 ? <p>{say('revocation.task.thirdParties', { names: sayList(task.thirdParties) })}</p> : null}
      <p className="mt-1 [&_.state]:whitespace-normal">
        <State {...SIGNS[task.state]}>
          {task.doneAt
            ? say('revocation.deleted', { who: task.doneBy?.displayName ?? say('relationships.somebody'), date: sayDay(task.doneAt) })
            : say(`revocation.task.${task.state === 'overdue' ? 'overdue' : 'asked'}`, { due: sayChosenDay(task.dueAt) })}
        </State>
      </p>
      {task.words ? (
        <p className="meta wrap-anywhere whitespace-pre-line">
          <bdi>{task.words}</bdi>
        </p>
      ) : null}
      {task.doneAt || relationshipId === null ? null : (
        <DeletionForm grantId={task.grantId} relationshipId={relationshipId} ownPage={ownPage} />
      )}
    </>
  )
}

function DeletionForm({ grantId, relationshipId, ownPage }: { grantId: string; relationshipId: string; ownPage?: boolean | undefined }) {
  const { errors, values } = useForm()
  const label = say('revocation.task.words')
  return (
    <PostForm action={paths.recordDeletion(relationshipId, grantId)} className="mt-2 grid max-w-[30rem] gap-3">
      {ownPage ? <ErrorSummary errors={errors} labels={{ words: label }} /> : null}
      <TextArea
        label={label}
        name="words"
        id={`words-${grantId}`}
        rows={2}
        maxLength={500}
        error={ownPage ? errors.words : undefined}
        defaultValue={ownPage ? typed(values, 'words', say('revocation.task.usual')) : say('revocation.task.usual')}
      />
      <div className="btns">
        <Button size="sm" variant={ownPage ? 'primary' : undefined}>
          {say('revocation.task.done')}
        </Button>
      </div>
    </PostForm>
  )
}
