import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CommunityFigures, WeightsForm } from '~/app/components/insight'
import { Unfold } from '~/app/components/relationships'
import { Columns, PageHead, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { levelsPage, setWeights } from '~/server/insight'
import { LevelWeightsInput } from '~/server/insight/input'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('levels.of', { community: data.community.name }) : say('levels.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => levelsPage(viewer, params.slug))

export const action = act(LevelWeightsInput, async ({ viewer, params, input }) => {
  await setWeights(personOf(viewer), params.slug, input)
  return redirect(paths.levels(params.slug))
})

type Page = Awaited<ReturnType<typeof loader>>

type Step = { level: 'exploring' | 'participating' | 'contributing' | 'leading'; rung: number }
const sayStep = ({ level, rung }: Step) => say('levels.rung', { level: say(`levels.${level}`), rung: String(rung) })

export default function LevelsScreen() {
  const page = useLoaderData<typeof loader>()
  const { community, weights, reviewMonths, nextReview, coming, figures, may } = page
  const { errors } = useForm()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.community(community.slug), label: community.name }]}
        title={say('levels.title')}
        lede={say('levels.lede')}
      />
      <Columns
        label={say('levels.figures')}
        rail={
          <Section title={say('levels.figures')} id="figures" className="[&_h2]:text-prose">
            <CommunityFigures figures={figures} />
          </Section>
        }
      >
        <Mine page={page} />
        <Section title={say('levels.table')} id="table" className="mt-10">
          <table className="tbl">
            <thead>
              <tr>
                <th scope="col">{say('levels.table.act')}</th>
                <th scope="col">{say('levels.table.reaches')}</th>
              </tr>
            </thead>
            <tbody>
              {page.reaches.map(({ act: one, ...step }) => (
                <tr key={one}>
                  <td>{say(`levels.act.${one}`)}</td>
                  <td>{sayStep(step)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="soft mt-4">{say('levels.table.help')}</p>
          <p className="meta mt-2">{say('levels.review', { months: reviewMonths, date: sayChosenDay(nextReview) })}</p>
          {coming ? <p className="meta mt-1">{say('levels.coming', { date: sayChosenDay(coming.effectiveOn) })}</p> : null}
          {may.set ? (
            <Unfold label={say('levels.set')} begun={Object.keys(errors).length > 0}>
              <WeightsForm slug={community.slug} weights={coming?.weights ?? weights} reviewMonths={coming?.reviewMonths ?? reviewMonths} />
            </Unfold>
          ) : null}
        </Section>
      </Columns>
    </Wrap>
  )
}

function Mine({ page: { mine, signedIn, nextReview } }: { page: Page }) {
  return (
    <Section title={say('levels.mine')} id="mine" side="member">
      {mine ? (
        <>
          <p className="font-serif text-title">{sayStep(mine)}</p>
          <p className="meta mt-1 mb-4">{say('levels.since', { date: sayChosenDay(mine.reachedOn), review: sayChosenDay(nextReview) })}</p>
          <h3 className="label mb-2">{say('levels.reasons')}</h3>
          <ul className="rows">
            {mine.reasons.map((reason) => (
              <li key={reason.kind === 'act' ? reason.act : reason.period} className="py-2">
                {reason.kind === 'act'
                  ? say('levels.reason.act', {
                      act: say(`levels.act.${reason.act}`),
                      date: sayChosenDay(reason.day),
                      step: sayStep(reason.reaches),
                    })
                  : say(`levels.reason.presence.${reason.period}`, { running: reason.running, step: sayStep(reason.reaches) })}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="soft">{say(signedIn ? 'levels.mine.none' : 'levels.mine.visitor')}</p>
      )}
    </Section>
  )
}
