import { Link, useLoaderData } from '@remix-run/react'
import { ScoreMethod } from '~/app/components/recommendations'
import { Columns, Label, PageHead, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { method } from '~/server/recommendations'
import { say, type WordKey } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('method.title'), path: paths.method() })

export const loader = load(async () => method())

const PARTS = [
  { id: 'seats', side: undefined, lines: ['method.seats.1', 'method.seats.2', 'method.seats.3', 'method.seats.4', 'method.seats.5'] },
  { id: 'grants', side: 'member', lines: ['method.grants.1', 'method.grants.2', 'method.grants.3', 'method.grants.4'] },
  {
    id: 'recommendations',
    side: 'member',
    lines: ['method.recommendations.1', 'method.recommendations.2', 'method.recommendations.3', 'method.recommendations.4'],
  },
  { id: 'score', side: 'member', lines: ['method.score.1', 'method.score.2', 'method.score.3'] },
  { id: 'moderation', side: 'independent', lines: ['method.moderation.1', 'method.moderation.2', 'method.moderation.3'] },
  { id: 'times', side: 'vendor', lines: ['method.times.1'] },
] satisfies {
  id: 'seats' | 'grants' | 'recommendations' | 'score' | 'moderation' | 'times'
  side?: 'member' | 'vendor' | 'independent'
  lines: WordKey[]
}[]

export default function MethodScreen() {
  const weights = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('method.title')} lede={say('method.lede')} />
      <Columns
        label={say('method.parts')}
        rail={
          <nav aria-labelledby="parts">
            <Label level={2} id="parts">
              {say('method.parts')}
            </Label>
            <ul className="mt-2 grid gap-1.5">
              {PARTS.map(({ id }) => (
                <li key={id}>
                  <a className="soft no-underline hover:underline" href={`#${id}`}>
                    {say(`method.${id}`)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        }
      >
        <div className="grid max-w-[46rem] gap-10">
          {PARTS.map(({ id, side, lines }) => (
            <Section key={id} id={id} side={side} title={say(`method.${id}`)}>
              <div className="prose">
                {lines.map((line) => (
                  <p key={line}>{say(line)}</p>
                ))}
              </div>
              {id === 'score' ? <ScoreMethod method={weights} /> : null}
              {id === 'moderation' ? (
                <p className="mt-3">
                  <Link className="underline" to={paths.moderationLog()}>
                    {say('method.log')}
                  </Link>
                </p>
              ) : null}
            </Section>
          ))}
        </div>
      </Columns>
    </Wrap>
  )
}
