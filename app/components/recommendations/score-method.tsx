import type { Method } from '~/server/recommendations/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

/** Every number that goes into a score, the formula, and what changed. */
export function ScoreMethod({ method: it }: { method: Method }) {
  return (
    <div className="mt-4 grid gap-6">
      <Weights
        title={say('method.score.source')}
        rows={it.sources.map(({ name, weight }) => [say(`recommendation.source.${name}`), weight])}
      />
      <Weights
        title={say('method.score.evidence')}
        rows={it.evidence.map(({ name, weight }) => [say(`recommendation.evidence.${name}`), weight])}
      />
      <table className="tbl tbl-tight">
        <caption className="text-start font-semibold">{say('method.score.rest')}</caption>
        <tbody>
          {(
            [
              ['method.score.halfLife', it.halfLifeMonths],
              ['method.score.prior', it.priorVoices],
              ['method.score.fewest', it.fewest],
              ['method.score.organisations', it.fewestOrganisations],
              ['method.score.cut', it.fewestInACut],
              ['method.score.fewestForPrior', it.fewestForPrior],
              ['method.score.z', it.z],
            ] as const
          ).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{say(name)}</th>
              <td className="r num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="prose">
        <p>{say('method.score.formula')}</p>
        <p>{say('method.score.interval')}</p>
        <p>{say('method.score.unknown')}</p>
        <p>{say('method.score.ties')}</p>
      </div>
      <div>
        <h3 className="label">{say('method.score.changes')}</h3>
        <ul className="mt-2">
          {it.changes.map(({ version, day }) => (
            <li key={version}>
              {say('method.score.change', { version, day: sayDay(`${day}T00:00:00Z`), what: say(`method.score.change.${version}`) })}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Weights({ title, rows }: { title: string; rows: [string, number][] }) {
  return (
    <table className="tbl tbl-tight">
      <caption className="text-start font-semibold">{title}</caption>
      <tbody>
        {rows.map(([name, weight]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="r num">{weight.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
