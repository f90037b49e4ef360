import { Form, Link } from '@remix-run/react'
import { IntervalDot, Spread } from '~/app/components/charts'
import { Button, Empty, HiddenFields, Select, TextInput } from '~/app/components/ui'
import type { Cut, CutScore } from '~/server/recommendations/types'
import { AUTHOR_ROLES, INDUSTRIES, ORGANISATION_SIZES } from '~/server/recommendations/types'
import { say } from '~/words'

const oneDigit = (value: number) => value.toFixed(1)

/** Only the recommendations of those who are like oneself, as they say. A plain form: what is chosen stands in the address. */
export function CutForm({ to, cut, lede, keep }: { to: string; cut: Cut; lede: string; keep?: Record<string, string> }) {
  const chosen = Object.keys(cut).length > 0
  const any = { value: '', label: say('cut.any') }
  return (
    <details className="mt-6" open={chosen}>
      <summary className="btn-text w-fit">{say('cut.heading')}</summary>
      <p className="meta mt-2">{lede}</p>
      <Form method="get" action={to} className="mt-3 grid gap-4" key={JSON.stringify(cut)}>
        <HiddenFields fields={keep ?? {}} />
        <div className="grid items-start gap-4 md:grid-cols-2">
          <Select
            label={say('cut.size')}
            name="size"
            defaultValue={cut.size ?? ''}
            options={[any, ...ORGANISATION_SIZES.map((value) => ({ value, label: say(`recommendation.size.${value}`) }))]}
          />
          <Select
            label={say('cut.industry')}
            name="industry"
            defaultValue={cut.industry ?? ''}
            options={[any, ...INDUSTRIES.map((value) => ({ value, label: say(`recommendation.industry.${value}`) }))]}
          />
          <Select
            label={say('cut.role')}
            name="role"
            defaultValue={cut.role ?? ''}
            options={[any, ...AUTHOR_ROLES.map((value) => ({ value, label: say(`recommendation.role.${value}`) }))]}
          />
          <TextInput label={say('cut.about')} name="about" maxLength={80} defaultValue={cut.about ?? ''} />
        </div>
        <div className="btns">
          <Button>{say('cut.show')}</Button>
          {chosen ? <Link to={to}>{say('cut.all')}</Link> : null}
        </div>
      </Form>
    </details>
  )
}

/** What those come to who were asked for; where they are too few, only that they are. */
export function CutVerdict({ of: { n, organisations, estimate, spread }, none }: { of: CutScore; none: boolean }) {
  if (none)
    return (
      <Empty level={3} title={say('cut.none')}>
        {say('cut.none.why')}
      </Empty>
    )
  if (!estimate || !spread)
    return (
      <p className="mt-6 text-ink-soft" role="status">
        <b className="strong">{say('cut.few')}</b> {say('cut.few.why', { n })}
      </p>
    )
  return (
    <figure className="mt-6 max-w-[28rem]" aria-labelledby="cut-score">
      <Spread counts={spread} height={72}>
        <IntervalDot {...estimate} />
      </Spread>
      <figcaption id="cut-score">
        <p className="est">
          <b>{oneDigit(estimate.estimate)}</b>
          <span className="num">{say('recommendation.score.between', { low: oneDigit(estimate.low), high: oneDigit(estimate.high) })}</span>
        </p>
        <p className="meta mt-1">{say('recommendation.score.of', { n, organisations })}</p>
      </figcaption>
    </figure>
  )
}
