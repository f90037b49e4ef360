import { paths } from '~/app/paths'
import { useForm } from '~/app/form'
import { ButtonLink, ErrorSummary, Wrap } from '../ui'
import { say } from '~/words'

/** Where a button was refused: why, and the way back. */
export function RefusedButton() {
  const { errors, values } = useForm()
  const next = typeof values.next === 'string' && /^\/(?!\/)/.test(values.next) ? values.next : paths.communities()
  return (
    <Wrap className="pt-16">
      <ErrorSummary errors={errors} />
      <ButtonLink className="mt-6" to={next}>
        {say('thread.refused.back')}
      </ButtonLink>
    </Wrap>
  )
}
