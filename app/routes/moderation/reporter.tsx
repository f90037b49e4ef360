import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { decisionLabels, Earlier, ReasonFields } from '~/app/components/moderation'
import { Who } from '~/app/components/people'
import { Banner, Button, ErrorSummary, PageHead, PostForm, Segments, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { judgeReporter, reporterPage } from '~/server/moderation'
import { ReporterInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('reporter.title') }) }]

export const loader = load(({ viewer, params }) => reporterPage(viewer, params.handle))

export const action = act(ReporterInput, async ({ viewer, params, input }) => {
  const { decisionId } = await judgeReporter(viewer, params.handle, input)
  return redirect(paths.decision(decisionId))
})

export default function ReporterScreen() {
  const { who, handle, decided, unfounded, days, proposed, until, stands, acts, offered, earlier, seen } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const name = who?.displayName ?? handle
  const [only, ...others] = acts
  return (
    <div className="page-queue">
      <div className="wrap">
        <PageHead
          title={say('reporter.title')}
          lede={say('reporter.lede', { name })}
          crumbs={[{ to: paths.recommendationQueue(), label: say('moderation.queue') }]}
        >
          {who ? (
            <p className="mt-2">
              <Who who={who} to={paths.person(handle)} />
            </p>
          ) : null}
        </PageHead>
        <div className="grid max-w-[46rem] gap-6">
          {until ? (
            <Banner kind="caution">
              <p>{say('reporter.holds', { day: sayMoment(until) })}</p>
            </Banner>
          ) : null}
          <section className="reasons sect sect-i" aria-labelledby="reasons-heading">
            <h2 id="reasons-heading">{say('moderation.form')}</h2>
            <p className="meta">{say('moderation.form.read', { name })}</p>
            <p className="mt-2">
              {say('reporter.record', { decided, unfounded, days })} {proposed ? say('reporter.proposed') : null}
            </p>
            {until ? null : (
              <p className="mt-2">
                {say('reporter.ladder', { ...stands, days: offered.days, step: offered.act === 'warn-reporter' ? 'warn' : 'discount' })}
              </p>
            )}
            <PostForm action={paths.reporter(handle)} fields={others.length > 0 ? { seen } : { seen, act: only ?? '' }}>
              <ErrorSummary errors={errors} labels={decisionLabels()} />
              {others.length > 0 ? (
                <Segments
                  label={decisionLabels().act}
                  name="act"
                  required
                  defaultValue={typed(values, 'act', offered.act)}
                  options={acts.map((act) => ({ value: act, label: say(`moderation.act.${act}`) }))}
                />
              ) : null}
              <ReasonFields errors={errors} values={values}>
                {others.length === 0 ? null : (
                  <Select
                    label={decisionLabels().days}
                    name="days"
                    defaultValue={typed(values, 'days', offered.days)}
                    error={errors.days}
                    help={say('reporter.days.help')}
                    options={(['30', '90'] as const).map((days) => ({ value: days, label: say(`reporter.days.${days}`) }))}
                  />
                )}
              </ReasonFields>
              <div className="end">
                <span />
                <Button variant={others.length > 0 ? 'danger-solid' : 'primary'}>{say('moderation.form.submit', { name })}</Button>
              </div>
            </PostForm>
          </section>
          <Earlier earlier={earlier} />
        </div>
      </div>
    </div>
  )
}
