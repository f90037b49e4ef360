import type { ReactNode } from 'react'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, RadioGroup, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { FLAG_REASONS } from '~/server/moderation/types'
import { say } from '~/words'

type Place = { recommendation: string | null; slug: string | null; number: number | null; post: string | null }
type Props = {
  title: string
  lede: string
  /** What it is about, in its own words. */
  words: string
  /** What these words are, for who hears the page. */
  what: string
  place: Place
  note: { label: string; help: string; required?: boolean }
  submit: string
  /** Further fields, and their labels. */
  labels?: Record<string, string>
  children?: (form: ReturnType<typeof useForm>) => ReactNode
  /** Under the buttons. */
  beside?: ReactNode
}

/** Tells the moderators of something: a flag, or a report by somebody without an account. */
export function TellingForm({ title, lede, words, what, place, note, submit, labels, children, beside }: Props) {
  const form = useForm()
  const { errors, values } = form
  return (
    <Wrap>
      <PageHead title={title} lede={lede} />
      <div className="grid max-w-[46rem] gap-6">
        <blockquote className="prose border-s border-edge ps-5" aria-label={what}>
          <p dir="auto">{words}</p>
        </blockquote>
        <ErrorSummary errors={errors} labels={{ reason: say('flag.reason'), note: note.label, ...labels }} />
        <PostForm className="grid gap-6">
          <RadioGroup
            label={say('flag.reason')}
            name="reason"
            required
            defaultValue={typed(values, 'reason') || undefined}
            error={errors.reason}
            options={FLAG_REASONS.map((reason) => ({ value: reason, label: say(`flag.reason.${reason}`) }))}
          />
          <TextArea
            label={note.label}
            name="note"
            required={note.required}
            optional={!note.required}
            rows={5}
            defaultValue={typed(values, 'note')}
            error={errors.note}
            help={note.help}
          />
          {children?.(form)}
          <div className="btns">
            <Button variant="primary">{submit}</Button>
            <ButtonLink variant="quiet" to={addressOf(place)}>
              {say('flag.back')}
            </ButtonLink>
          </div>
          {beside}
        </PostForm>
      </div>
    </Wrap>
  )
}

/** What follows, and the way back. */
export function Told({ title, place, children }: { title: string; place: Place; children: ReactNode }) {
  return (
    <Wrap>
      <div className="pt-8">
        <Empty title={title} action={<ButtonLink to={addressOf(place)}>{say('flag.back')}</ButtonLink>}>
          {children}
        </Empty>
      </div>
    </Wrap>
  )
}

function addressOf({ recommendation, post, slug, number }: Place): string {
  if (recommendation) return paths.recommendation(recommendation)
  return post ? paths.post(slug ?? '', number ?? 0, post) : paths.thread(slug ?? '', number ?? 0)
}
