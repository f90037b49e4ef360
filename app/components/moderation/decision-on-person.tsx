import type { ReactNode } from 'react'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import type { HandleInfo } from '~/server/viewer'
import { say, type WordKey } from '~/words'
import { Who } from '../people'
import { Banner, Button, type Crumb, ErrorSummary, PageHead, PostForm, Segments, Select } from '../ui'
import { decisionLabels, ReasonFields } from './decision-form'

type Props = {
  title: string
  lede: string
  crumbs?: Crumb[]
  who: HandleInfo | null
  handle: string
  /** What holds already. */
  holds: string | null
  /** What the form rests on: their record, and the step that is next. */
  record: ReactNode
  action: string
  seen: string
  acts: readonly string[]
  proposed: string
  days: { proposed: string; help: string; options: { value: string; label: string }[] }
  children: ReactNode
}

/** A page on which somebody decides about a person, with reasons; below it what was decided before. */
export function DecisionOnPerson({ title, lede, crumbs, who, handle, holds, record, action, seen, acts, proposed, days, children }: Props) {
  const { errors, values } = useForm()
  const name = who?.displayName ?? handle
  const [only = '', ...others] = acts
  return (
    <div className="page-queue">
      <div className="wrap">
        <PageHead title={title} lede={lede} crumbs={crumbs}>
          {who ? (
            <p className="mt-2">
              <Who who={who} to={paths.person(handle)} />
            </p>
          ) : null}
        </PageHead>
        <div className="grid max-w-[46rem] gap-6">
          {holds ? (
            <Banner kind="caution">
              <p>{holds}</p>
            </Banner>
          ) : null}
          <section className="reasons sect sect-i" aria-labelledby="reasons-heading">
            <h2 id="reasons-heading">{say('moderation.form')}</h2>
            <p className="meta">{say('moderation.form.read', { name })}</p>
            {record}
            <PostForm action={action} fields={others.length > 0 ? { seen } : { seen, act: only }}>
              <ErrorSummary errors={errors} labels={decisionLabels()} />
              {others.length > 0 ? (
                <Segments
                  label={decisionLabels().act}
                  name="act"
                  required
                  defaultValue={typed(values, 'act', proposed)}
                  options={acts.map((act) => ({ value: act, label: say(`moderation.act.${act}` as WordKey) }))}
                />
              ) : null}
              <ReasonFields errors={errors} values={values}>
                {others.length === 0 ? null : (
                  <Select
                    label={decisionLabels().days}
                    name="days"
                    defaultValue={typed(values, 'days', days.proposed)}
                    error={errors.days}
                    help={days.help}
                    options={days.options}
                  />
                )}
              </ReasonFields>
              <div className="end">
                <span />
                <Button variant={others.length > 0 ? 'danger-solid' : 'primary'}>{say('moderation.form.submit', { name })}</Button>
              </div>
            </PostForm>
          </section>
          {children}
        </div>
      </div>
    </div>
  )
}
