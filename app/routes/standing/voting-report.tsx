import { Link, useLoaderData } from '@remix-run/react'
import { ActionButton, ButtonLink, PageHead, Rows, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { votingReport } from '~/server/standing'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const loader = load(({ viewer }) => votingReport(viewer))

export const meta = () => [{ title: say('ui.pageTitle', { title: say('standing.report.title') }) }]

export default function VotingReportScreen() {
  const { signals, voids, mayVoid } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('standing.report.title')}
        lede={say('standing.report.lede')}
        end={mayVoid ? <ButtonLink to={paths.voidVotes()}>{say('standing.report.void')}</ButtonLink> : null}
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section id="signals" title={say('standing.report.signals')} side="independent">
          {mayVoid ? (
            <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
              <ActionButton action={paths.lookForArranged()} label={say('standing.report.look')} size="sm" />
              <p className="meta">{say('standing.report.look.why')}</p>
            </div>
          ) : null}
          {signals.length === 0 ? <p className="text-ink-soft">{say('standing.report.none')}</p> : null}
          <Rows>
            {signals.map((signal) => (
              <SignalLine key={signal.id} signal={signal} mayVoid={mayVoid} />
            ))}
          </Rows>
        </Section>
        <Section id="done" title={say('standing.report.done')} side="independent">
          {voids.length === 0 ? <p className="text-ink-soft">{say('standing.report.done.none')}</p> : null}
          <Rows>
            {voids.map(({ id, from, to, reason, found, at, by, lifted }) => (
              <li key={id} className="grid gap-1 py-3">
                <span>
                  {say(found ? 'standing.report.done.check' : 'standing.report.done.row', {
                    ...{ from: nameOf(from), to: nameOf(to), by: nameOf(by), day: sayDate(at) },
                  })}
                </span>
                {found ? (
                  <span className="num">{say('standing.report.done.found', found)}</span>
                ) : (
                  <q className="wrap-anywhere" dir="auto">
                    {reason}
                  </q>
                )}
                {lifted ? (
                  <span className="meta wrap-anywhere">
                    {say('standing.report.done.lifted', { by: nameOf(lifted.by), day: sayDate(lifted.at), why: lifted.why })}
                  </span>
                ) : mayVoid && from?.handle && to?.handle ? (
                  <Link className="meta underline" to={paths.countVotesAgain({ for: to.handle, by: [from.handle] })}>
                    {say('standing.report.again')}
                  </Link>
                ) : null}
              </li>
            ))}
          </Rows>
        </Section>
      </div>
    </Wrap>
  )
}

type Report = ReturnType<typeof useLoaderData<typeof loader>>
type Named = Report['signals'][number]['who'] | null

const nameOf = (who: Named) => who?.displayName ?? say('standing.ledger.somebody')
const handlesOf = (all: NonNullable<Named>[]) => all.flatMap(({ handle }) => handle ?? [])

function SignalLine({ signal, mayVoid }: { signal: Report['signals'][number]; mayVoid: boolean }) {
  const { kind, who, voters, numbers, foundAt, gone, voided, ways } = signal
  const mutual = kind === 'mutual'
  const all = numbers.voters
  return (
    <li className="grid gap-1 py-4">
      <h3>{say(`standing.report.${kind}`, { who: nameOf(who), voter: nameOf(voters[0] ?? null), voters: all })}</h3>
      <p className="num">{say(mutual ? 'standing.report.numbers.mutual' : 'standing.report.numbers', numbers)}</p>
      {mutual ? null : (
        <p className="meta">{say('standing.report.by', { names: voters.map(nameOf).join(', '), more: all - voters.length })}</p>
      )}
      <p className="meta">
        {say('standing.report.since', { day: sayDate(foundAt) })}
        {gone ? `. ${say('standing.report.gone')}` : ''}
        {voided ? `. ${say('standing.report.voided')}` : ''}
      </p>
      {mayVoid && ways.length > 0 ? (
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {ways.map(({ to, from }) => (
            <Link
              key={`${to.handle} ${from[0]?.handle}`}
              className="meta underline"
              to={paths.voidVotes({ for: to.handle ?? '', by: handlesOf(from) })}
            >
              {say('standing.report.voidThe', { from: from.map(nameOf).join(', '), to: nameOf(to) })}
            </Link>
          ))}
        </div>
      ) : null}
    </li>
  )
}
