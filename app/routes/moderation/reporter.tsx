import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DecisionOnPerson, Earlier } from '~/app/components/moderation'
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
  const name = who?.displayName ?? handle
  return (
    <DecisionOnPerson
      title={say('reporter.title')}
      lede={say('reporter.lede', { name })}
      crumbs={[{ to: paths.recommendationQueue(), label: say('moderation.queue') }]}
      {...{ who, handle, acts, seen }}
      holds={until ? say('reporter.holds', { day: sayMoment(until) }) : null}
      record={
        <>
          <p className="mt-2">
            {say('reporter.record', { decided, unfounded, days })} {proposed ? say('reporter.proposed') : null}
          </p>
          {until ? null : (
            <p className="mt-2">
              {say('reporter.ladder', { ...stands, days: offered.days, step: offered.act === 'warn-reporter' ? 'warn' : 'discount' })}
            </p>
          )}
        </>
      }
      action={paths.reporter(handle)}
      proposed={offered.act}
      days={{
        proposed: offered.days,
        help: say('reporter.days.help'),
        options: (['30', '90'] as const).map((value) => ({ value, label: say(`reporter.days.${value}`) })),
      }}
    >
      <Earlier earlier={earlier} />
    </DecisionOnPerson>
  )
}
