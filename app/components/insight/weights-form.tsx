import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Button, ErrorSummary, PostForm, Select, TextInput } from '../ui'

const ACTS = ['asked', 'answered', 'accepted', 'commented', 'proposed', 'replied'] as const

type Props = { slug: string; weights: Record<(typeof ACTS)[number], number>; reviewMonths: number }

/** What acts weigh from a day on, for who looks after a community. */
export function WeightsForm({ slug, weights, reviewMonths }: Props) {
  const { errors, values } = useForm()
  const labels = {
    ...Object.fromEntries(ACTS.map((act) => [act, say(`levels.act.${act}`)])),
    review: say('levels.set.review'),
    from: say('levels.set.from'),
  }
  return (
    <PostForm action={paths.levels(slug)} className="grid gap-4">
      <ErrorSummary errors={errors} labels={labels} />
      <p className="help">{say('levels.set.help')}</p>
      {ACTS.map((act) => (
        <Select
          key={act}
          label={say(`levels.act.${act}`)}
          name={act}
          error={errors[act]}
          defaultValue={typed(values, act, String(weights[act]))}
          options={Array.from({ length: 12 }, (_, nth) => ({ value: String(nth + 1), label: String(nth + 1) }))}
        />
      ))}
      <Select
        label={labels.review}
        name="review"
        error={errors.review}
        defaultValue={typed(values, 'review', String(reviewMonths))}
        options={(['1', '3', '12'] as const).map((value) => ({ value, label: say(`levels.set.review.${value}`) }))}
      />
      <TextInput type="date" label={labels.from} name="from" error={errors.from} defaultValue={typed(values, 'from')} />
      <div className="btns">
        <Button size="sm">{say('levels.set.keep')}</Button>
      </div>
    </PostForm>
  )
}
