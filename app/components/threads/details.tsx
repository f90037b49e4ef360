import { say } from '~/words'

/** What a question says of the product that it is about, above its words. */
export function Details({ details }: { details: { fieldId: string; label: string; value: string }[] }) {
  if (details.length === 0) return null
  return (
    <dl className="details" aria-label={say('askForm.details')}>
      {details.map(({ fieldId, label, value }) => (
        <div key={fieldId}>
          <dt dir="auto">{label}</dt>
          <dd dir="auto" className="wrap-anywhere">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
