import { Button, Circle, CircleCheck, Clock, PostForm, State } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { Standing, Status } from '~/server/agreements/types'
import { say } from '~/words'
import { sayDate } from '~/words/dates'
import { termsInWords } from './terms'

const SIGNS = {
  accepted: { kind: 'ok', icon: CircleCheck },
  waits: { kind: 'wait', icon: Clock },
  yours: { kind: 'wait', icon: Clock },
  refused: { kind: 'bad', icon: Circle },
  expired: { kind: 'off', icon: Circle },
  ended: { kind: 'off', icon: Circle },
} as const

export function signOf(status: Status): keyof typeof SIGNS {
  if (status === 'AgreementAccepted') return 'accepted'
  if (status === 'AgreementRefused') return 'refused'
  if (status === 'AgreementNegotiationExpired') return 'expired'
  if (status === 'AgreementNegotiationTerminated') return 'ended'
  return status === 'AgreementNegotiationConfirmationRequired' ? 'yours' : 'waits'
}

/** How a negotiation stands, by its name in the roster’s vocabulary for whoever wants it. */
export function NegotiationState({ status }: { status: Status }) {
  const sign = signOf(status)
  return (
    <span title={status}>
      <State {...SIGNS[sign]}>{say(`agreement.state.${sign}`)}</State>
    </span>
  )
}

/** One sentence about how it stands, and the answer if the person owes one. */
export function StandingLine({
  standing,
}: {
  standing: Pick<Standing, 'vendor' | 'status' | 'countered' | 'agreed' | 'settledAt' | 'expiresAt' | 'outdated'>
}) {
  const { vendor, status, countered, agreed, settledAt, expiresAt } = standing
  const date = sayDate(settledAt ?? expiresAt)
  const sign = signOf(status)
  return (
    <>
      <p className="consent">
        {sign === 'accepted' && agreed ? say('agreement.standing.accepted', { vendor: vendor.name, what: termsInWords(agreed) }) : null}
        {sign === 'yours' && countered
          ? say('agreement.standing.waitsForYou', { vendor: vendor.name, what: termsInWords(countered) })
          : null}
        {sign === 'waits' ? say('agreement.standing.waitsForVendor', { vendor: vendor.name, date }) : null}
        {sign === 'refused' ? say('agreement.standing.refused', { vendor: vendor.name, date }) : null}
        {sign === 'expired' ? say('agreement.standing.expired', { date }) : null}
        {sign === 'ended' ? say('agreement.standing.ended', { date }) : null}
      </p>
      {standing.outdated ? <p className="soft">{say('agreement.standing.outdated', { vendor: vendor.name })}</p> : null}
      {sign === 'yours' ? (
        <div className="btns mt-3">
          <PostForm action={paths.answerCounter(vendor.slug)} fields={{ answer: 'accept' }}>
            <Button>{say('agreement.accept')}</Button>
          </PostForm>
          <PostForm action={paths.answerCounter(vendor.slug)} fields={{ answer: 'refuse' }}>
            <Button>{say('agreement.refuse')}</Button>
          </PostForm>
        </div>
      ) : null}
    </>
  )
}
