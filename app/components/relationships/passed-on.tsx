import { nameOfField } from '~/app/components/vault'
import type { PassedOn } from '~/server/relationships'
import type { OwnNames } from '~/server/vault'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

/** To whom fields of somebody went, where, and what for. */
export function PassedOnList({ passed, names = {} }: { passed: PassedOn[]; names?: OwnNames }) {
  if (passed.length === 0) return <p className="soft">{say('relationships.passed.none')}</p>
  return (
    <ul>
      {passed.map(({ id, key, thirdParty, country, why, at }) => (
        <li key={id} className="border-t border-hairline py-2 first:border-0">
          <p className="wrap-anywhere">
            {say('relationships.passed.line', { field: nameOfField(key, names[key]), who: thirdParty, country, date: sayDay(at) })}
          </p>
          <p className="meta wrap-anywhere">
            <bdi>{why}</bdi>
          </p>
        </li>
      ))}
    </ul>
  )
}
