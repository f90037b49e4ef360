import type { INCENTIVES } from '~/server/recommendations/types'
import { say } from '~/words'

type Props = { vendor: string; product: string; kind: 'everybody' | 'sample'; incentive: (typeof INCENTIVES)[number] }

/** What whoever is drawn reads: the portal's own words, the same for all. */
export function InvitationLetter({ vendor, product, kind, incentive }: Props) {
  return (
    <div className="prose">
      <p>{say('draw.letter', { vendor, product })}</p>
      <p>{say(`draw.letter.${kind}`)}</p>
      <p>{say('draw.letter.free', { vendor })}</p>
      <p>{say(`draw.letter.incentive.${incentive}`, { vendor })}</p>
    </div>
  )
}
