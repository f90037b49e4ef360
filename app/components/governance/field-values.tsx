import { Link } from '@remix-run/react'
import { Part } from '~/app/components/relationships'
import { paths } from '~/app/paths'
import type { Meanings, Standing, ValueShown } from '~/server/governance'
import { say } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'

/** What a field says, as its kind is read. */
export function FieldValue({ kind, value }: { kind: Standing['kind']; value: string }) {
  if (value === '') return <span className="soft">{say('field.empty')}</span>
  if (kind === 'yes-no') return <>{say(value === 'yes' ? 'field.yes' : 'field.no')}</>
  if (kind === 'date') return <>{sayChosenDay(value)}</>
  return <bdi className="wrap-anywhere">{value}</bdi>
}

/** By whose hand it came, who wrote it down, and when. */
export function WhoSaid({ value }: { value: Pick<ValueShown, 'source' | 'saidAt' | 'by'> }) {
  const said = { source: say(`field.source.${value.source}`), date: sayDay(value.saidAt) }
  return (
    <span className="meta block">{value.by ? say('field.saidBy', { ...said, who: value.by.displayName }) : say('field.said', said)}</span>
  )
}

/** A vendor’s own fields under their headings. `of`: on what they stand, for whoever may write there. */
export function OwnFields({
  fields,
  meanings,
  of,
}: {
  fields: Standing[]
  meanings: Meanings
  of?: { object: 'account' | 'relationship'; id: string }
}) {
  const groups = [...new Set(fields.map(({ group }) => group))]
  return groups.map((group) => (
    <Part key={group} title={group}>
      <dl className="facts">
        {fields
          .filter((field) => field.group === group)
          .map((field) => (
            <div key={field.fieldId}>
              <dt>
                <bdi>{field.name}</bdi>
              </dt>
              <dd className="wrap-anywhere">
                <FieldValue kind={field.kind} value={field.value?.value ?? ''} />
                <Meaning of={field.name} among={meanings} />
                {field.value ? <WhoSaid value={field.value} /> : null}
                {of ? (
                  <Link
                    className="meta block"
                    to={paths.fieldValue(field.fieldId, of.object, of.id)}
                    aria-label={say(field.byHand ? 'field.writeNamed' : 'field.lookNamed', { field: field.name })}
                  >
                    {say(field.byHand ? 'field.write' : 'field.look')}
                  </Link>
                ) : null}
              </dd>
            </div>
          ))}
      </dl>
    </Part>
  ))
}

/** What a word means at this vendor, where it says so. */
export function Meaning({ of, among }: { of: string; among: Meanings }) {
  const sentence = among[of.toLowerCase()]
  return sentence ? (
    <span className="meta block">
      {say('glossary.means')} <bdi>{sentence}</bdi>
    </span>
  ) : null
}
