import type { CorrectionShown } from '~/server/vault'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { nameOfField } from './fields'

/** One field that was put right, and how it stands with a vendor's copies of it. */
export function CorrectionLine({
  correction: { key, kind, at, dueAt, doneAt, late },
  own,
}: {
  correction: CorrectionShown
  own?: string | null
}) {
  const copies = doneAt ? 'done' : late ? 'late' : 'due'
  return (
    <>
      <p>{say(`vault.corrections.${kind}`, { field: nameOfField(key, own), date: sayDay(at) })}</p>
      <p className="meta">{say(`vault.corrections.${copies}`, { date: sayDay(doneAt ?? dueAt) })}</p>
    </>
  )
}
