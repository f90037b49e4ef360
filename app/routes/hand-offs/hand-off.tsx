import { useLoaderData } from '@remix-run/react'
import { DueLine, OfWhat } from '~/app/components/hand-offs'
import {
  ActionButton,
  Button,
  ButtonLink,
  Check,
  Circle,
  Columns,
  Facts,
  Icon,
  PageHead,
  PostForm,
  Section,
  Wrap,
} from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { handOffPage } from '~/server/hand-offs'
import { say } from '~/words'
import { sayDate, sayMoment } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('handOff.page.title', { name: data.handOff.of.name }) : say('handOff.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => handOffPage(personOf(viewer), params.id))

type Page = Awaited<ReturnType<typeof loader>>

export default function HandOffScreen() {
  const page = useLoaderData<typeof loader>()
  const { vendor, handOff, may } = page
  const [from, to] = [handOff.from, handOff.to].map((one) => one?.displayName ?? say('relationships.nobody'))
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.handOffs(vendor.slug), label: say('handOff.title') }]}
        title={<bdi className="wrap-anywhere">{say('handOff.page.title', { name: handOff.of.name })}</bdi>}
      />
      <Columns
        label={say('handOff.facts')}
        rail={
          <Section side="vendor" title={say('handOff.facts')} id="facts" className="[&_h2]:text-prose">
            <Facts
              facts={[
                { label: say('handOff.from'), value: from },
                { label: say('handOff.to'), value: to },
                { label: say('handOff.cause'), value: say(`handOff.cause.${handOff.cause}`) },
                { label: say('handOff.since'), value: sayMoment(handOff.startedAt) },
                { label: say('handOff.hours'), value: say('targets.within', { hours: Math.round(handOff.hours * 100) / 100 }) },
              ]}
            >
              <div>
                <dt>{say('handOff.of')}</dt>
                <dd>
                  <OfWhat of={handOff.of} />
                </dd>
              </div>
            </Facts>
          </Section>
        }
      >
        {handOff.outcome && handOff.endedAt ? (
          <p className="m-0">{say(`handOff.outcome.${handOff.outcome}`, { date: sayDate(handOff.endedAt) })}</p>
        ) : (
          <>
            <p className="m-0">
              <DueLine handOff={handOff} />
            </p>
            <p className="mt-2">{say('handOff.until', { from: from ?? '', to: to ?? '' })}</p>
          </>
        )}
        {handOff.reason ? <blockquote className="mt-3 wrap-anywhere">{handOff.reason}</blockquote> : null}
        {handOff.why ? (
          <Section title={say('handOff.why')} id="why" className="mt-8">
            <p className="wrap-anywhere whitespace-pre-line">{handOff.why}</p>
          </Section>
        ) : null}
        <Steps page={page} />
        {may.answer || may.withdraw ? (
          <div className="btns mt-8">
            {may.answer ? <ActionButton action={paths.acceptHandOff(handOff.id)} label={say('handOff.accept')} variant="primary" /> : null}
            {may.answer ? <ButtonLink to={paths.returnHandOff(handOff.id)}>{say('handOff.return')}</ButtonLink> : null}
            {may.withdraw ? (
              <ButtonLink variant="quiet" to={paths.withdrawHandOff(handOff.id)}>
                {say('handOff.withdraw')}
              </ButtonLink>
            ) : null}
          </div>
        ) : null}
      </Columns>
    </Wrap>
  )
}

function Steps({ page: { handOff, steps, may } }: { page: Page }) {
  if (steps.length === 0) return null
  return (
    <Section title={say('handOff.checklist')} id="checklist" className="mt-8">
      <p className="meta">{say('handOff.stepsDone', { done: handOff.done, steps: handOff.steps })}</p>
      <ul className="rows">
        {steps.map(({ nth, what, doneAt, by }) => (
          <li key={nth} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
            <span className="flex min-w-0 items-start gap-2">
              <Icon of={doneAt ? Check : Circle} className="mt-1 shrink-0" />
              <span className="min-w-0 wrap-anywhere">
                {what}
                {doneAt ? (
                  <span className="meta block">
                    {say('handOff.stepBy', { who: by?.displayName ?? say('relationships.nobody'), date: sayDate(doneAt) })}
                  </span>
                ) : null}
              </span>
            </span>
            {may.tick ? (
              <PostForm action={paths.handOffStep(handOff.id, nth)} fields={{ done: doneAt ? 'no' : 'yes' }}>
                <Button
                  size="sm"
                  variant={doneAt ? 'quiet' : 'default'}
                  aria-label={`${say(doneAt ? 'handOff.untick' : 'handOff.tick')}: ${what}`}
                >
                  {say(doneAt ? 'handOff.untick' : 'handOff.tick')}
                </Button>
              </PostForm>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
