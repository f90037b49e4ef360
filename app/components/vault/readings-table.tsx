import { Link } from '@remix-run/react'
import type { ReadingShown, RefusalShown } from '~/server/vault'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'
import { paths } from '~/app/paths'
import { Who } from '../people'
import { Hush, Lock, State } from '../ui'
import { nameOfField } from './fields'

/** Who read what, when, for what, under which grant. One below another on a phone. */
export function ReadingsTable({ readings, underGrant = true }: { readings: (ReadingShown | RefusalShown)[]; underGrant?: boolean }) {
  return (
    <table className="tbl mt-4 max-md:block max-md:[&_tbody]:block">
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col">{say('vault.readings.when')}</th>
          <th scope="col">{say('vault.readings.who')}</th>
          <th scope="col">{say('vault.readings.what')}</th>
          <th scope="col">{say('vault.readings.why')}</th>
          {underGrant ? (
            <th scope="col" className="r">
              {say('vault.readings.under')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {together(readings).map((reading) => (
          <tr
            key={reading.id}
            className="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:border-b max-md:border-hairline max-md:py-3 max-md:[&>td]:border-0 max-md:[&>td]:p-0"
          >
            <td className="num nowrap max-md:order-2 max-md:text-meta">
              {sayDay(reading.at)} <span className="faint">{sayTime(reading.at)}</span>{' '}
              <a className="meta" href={paths.accessProof(reading.id, 'others' in reading ? reading.others : [])} download>
                {say('vault.readings.proof')}
                <Hush>{say('vault.readings.proofOf', { when: `${sayDay(reading.at)} ${sayTime(reading.at)}` })}</Hush>
              </a>
            </td>
            <td className="max-md:order-1">{reading.reader ? <Who who={reading.reader} short /> : reading.vendorName}</td>
            <td className="max-md:order-3 max-md:col-span-full">
              {'refused' in reading ? <State icon={Lock}>{say('vault.readings.refused')}</State> : reading.fields.join(', ')}{' '}
              {reading.times > 1 ? <span className="meta">{say('vault.readings.times', { times: reading.times })}</span> : null}
            </td>
            <td className="soft max-md:order-4">{say(`vault.readings.why.${reading.purpose}`)}</td>
            {underGrant ? (
              <td className="r meta max-md:order-5">
                {reading.grantId ? (
                  <Link to={paths.grant(reading.grantId)}>
                    {say('refused' in reading ? 'vault.readings.ended' : 'vault.readings.grant')}
                  </Link>
                ) : (
                  say('vault.readings.noGrant')
                )}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Line = (ReadingShown & { fields: string[]; others: string[] }) | RefusalShown

/** Fields that were read in one go, as often, under one grant, stand on one line. */
function together(readings: (ReadingShown | RefusalShown)[]): Line[] {
  const lines: Line[] = []
  const sight = (reading: ReadingShown) =>
    [reading.grantId, reading.reader?.handle, reading.times, new Date(reading.at).toISOString().slice(0, 16)].join()
  for (const reading of readings) {
    const last = lines.at(-1)
    if ('refused' in reading) lines.push(reading)
    else if (last && 'fields' in last && sight(last) === sight(reading)) {
      last.fields.push(nameOfField(reading.key, reading.label))
      last.others.push(reading.id)
    } else lines.push({ ...reading, fields: [nameOfField(reading.key, reading.label)], others: [] })
  }
  return lines
}
