import { CircleCheck, Clock, Lock, State } from '~/app/components/ui'
import { fieldsInWords } from '~/app/components/vault'
import type { UseShown } from '~/server/delegates'
import type { OwnNames } from '~/server/vault'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'

const OUTCOMES = {
  done: { kind: 'ok', icon: CircleCheck },
  waiting: { kind: 'wait', icon: Clock },
  refused: { kind: 'off', icon: Lock },
} as const

/** What was done in somebody’s name, and by whom. */
export function Uses({ uses, names }: { uses: UseShown[]; names: OwnNames }) {
  return (
    <table className="tbl mt-2 max-md:block max-md:[&_tbody]:block">
      <thead className="max-md:sr-only">
        <tr>
          {(['when', 'who', 'what', 'how'] as const).map((column) => (
            <th key={column} scope="col">
              {say(`delegates.uses.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {uses.map((use) => (
          <tr
            key={use.id}
            className="max-md:block max-md:border-b max-md:border-hairline max-md:py-3 max-md:[&>td]:block max-md:[&>td]:border-0 max-md:[&>td]:p-0"
          >
            <td className="num nowrap">
              {sayDay(use.at)} <span className="faint">{sayTime(use.at)}</span>
            </td>
            <td className="break-words">
              {use.through ? say('delegates.uses.through', { name: use.name, through: use.through }) : use.name}
            </td>
            <td>{whatWasDone(use, names)}</td>
            <td>
              <State {...OUTCOMES[use.outcome]}>{say(`delegates.outcome.${use.outcome}`)}</State>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function whatWasDone({ tool, fields }: UseShown, names: OwnNames): string {
  if (tool !== 'read_vault') return say(`delegates.used.${tool}`)
  return fields.length > 0
    ? say('delegates.used.read_vault', { fields: fieldsInWords(fields, names) })
    : say('delegates.used.read_vault.nothing')
}
