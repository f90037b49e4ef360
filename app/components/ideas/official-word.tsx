import { say } from '~/words'
import { sayDay } from '~/words/dates'
import type { HandleInfo } from '../people/seat'
import { PostBody } from '../threads'
import { IdeaState, type IdeaStatus } from './idea-state'
import { Thanks } from './thanks'

export type StepView = {
  status: IdeaStatus
  before: IdeaStatus
  html: string
  by: HandleInfo | null
  vendor: string | null
  at: Date | string
}

/** How an idea stands, what was officially said to it last, whom it is owed to, and every step before. */
export function OfficialWord({ steps, credited }: { steps: StepView[]; credited: HandleInfo[] }) {
  const [last] = steps
  if (!last) return null
  const said = steps.find((step) => step.html !== '')
  return (
    <section className={`sect ${last.vendor ? 'sect-v' : 'sect-i'} mb-8`} aria-labelledby="official-heading">
      <div className="sect-head mb-3">
        <h2 id="official-heading">{say('idea.response')}</h2>
        <IdeaState status={last.status} />
      </div>
      {said ? (
        <>
          <PostBody html={said.html} />
          <p className="meta mt-2">{signature(said)}</p>
        </>
      ) : (
        <p className="meta">{signature(last)}</p>
      )}
      <div className="mt-3">
        <Thanks to={credited} />
      </div>
      {steps.length > 1 ? (
        <details className="mt-3">
          <summary className="meta cursor-pointer underline">{say('idea.steps')}</summary>
          <ol className="rows mt-2">
            {steps.map((step) => (
              <li key={new Date(step.at).toISOString()} className="py-2.5">
                <p className="font-semibold">
                  {step.status === step.before
                    ? say('idea.step.again', { status: say(`idea.status.${step.status}`) })
                    : say('idea.step', { before: say(`idea.status.${step.before}`), status: say(`idea.status.${step.status}`) })}
                </p>
                {step.html && step !== said ? <PostBody html={step.html} /> : null}
                <p className="meta">{signature(step)}</p>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  )
}

function signature({ by, vendor, at }: StepView): string {
  const day = sayDay(at)
  if (!by) return say('idea.response.imported', { day })
  return vendor
    ? say('idea.response.by', { who: by.displayName, vendor, day })
    : say('idea.response.byModerator', { who: by.displayName, day })
}
