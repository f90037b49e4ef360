import { Button, ButtonLink, ErrorSummary, PostForm, TextArea } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { say } from '~/words'

/** Why it goes back, or why it does not go on; the other side reads it. */
export function ReasonForm({ help, submit, max, back }: { help: string; submit: string; max: number; back: string }) {
  const { errors, values } = useForm()
  const label = say('handOff.reason')
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={{ reason: label }} />
      <TextArea
        label={label}
        name="reason"
        rows={3}
        help={help}
        error={errors.reason}
        defaultValue={typed(values, 'reason')}
        maxLength={max}
      />
      <div className="btns">
        <Button variant="primary">{submit}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
