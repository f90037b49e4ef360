import type { ReactNode } from 'react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextInput, Wrap, type Crumb } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { say } from '~/words'

type Typed = { errors: Record<string, string>; values: Record<string, string | string[]> }
type Props = {
  title: string
  lede: string
  crumbs: Crumb[]
  labels: Record<string, string>
  send: string
  /** The way out, where nothing is lost by it. */
  back?: { to: string; label: string }
  beside?: ReactNode
  /** What is read before anything is written. */
  above?: ReactNode
  children: (form: Typed) => ReactNode
}

/** One form by which somebody asks peers, or answers one. */
export function PeersForm({ title, lede, crumbs, labels, send, back, beside, above, children }: Props) {
  const form = useForm()
  return (
    <Wrap>
      <PageHead title={title} lede={lede} crumbs={crumbs} />
      <div className="grid max-w-[46rem] gap-6">
        {above}
        <ErrorSummary errors={form.errors} labels={labels} />
        <PostForm className="grid gap-6">
          {children(form)}
          <div className="btns">
            <Button variant="primary">{send}</Button>
            {back ? (
              <ButtonLink variant="quiet" to={back.to}>
                {back.label}
              </ButtonLink>
            ) : null}
            {beside}
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}

/** How one can be reached: read by the other alone, and only once both want it. */
export function ContactField({ errors, values }: Typed) {
  return (
    <TextInput
      label={say('reference.field.contact')}
      name="contact"
      required
      maxLength={160}
      help={say('reference.field.contact.help')}
      defaultValue={typed(values, 'contact')}
      error={errors.contact}
    />
  )
}
