import { Section } from '~/app/components/ui'
import { say } from '~/words'
import { sayDate, sayMoment } from '~/words/dates'

type Coming = {
  id: string
  company: string | null
  from: { displayName: string } | null
  to: { displayName: string } | null
  dueAt: Date | string
  takenAt: Date | string | null
}

/** For a customer: who looks after them next, and who does until then. */
export function ComingOwners({ coming, vendor }: { coming: Coming[]; vendor: string }) {
  if (coming.length === 0) return null
  return (
    <Section side="vendor" title={say('handOff.mine')} id="hand-offs" className="mb-8 [&_h2]:text-prose">
      <ul>
        {coming.map((one) => {
          const [to, from] = [one.to?.displayName ?? vendor, one.from?.displayName ?? vendor]
          const of = one.company ? say('handOff.mine.company', { company: one.company }) : say('handOff.mine.you')
          return (
            <li key={one.id} className="border-t border-hairline py-2.5 first:border-0 first:pt-0">
              {one.takenAt
                ? say('handOff.mine.taken', { to, of, date: sayDate(one.takenAt) })
                : say('handOff.mine.comes', { to, of, moment: sayMoment(one.dueAt) })}
              {one.takenAt ? null : <span className="meta block">{say('handOff.mine.until', { from })}</span>}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
