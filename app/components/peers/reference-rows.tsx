import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { HandleInfo } from '~/server/viewer'
import { say } from '~/words'
import { ActionButton, ButtonLink, RelativeTime, Rows } from '../ui'

type ReferenceRow = {
  referenceId: string
  recommendationId: string | null
  headline: string | null
  vendor: string
  product: string | null
  who: HandleInfo | null
  ofMe: boolean
  words: string
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn'
  contact: string | null
  ownContact: string | null
  createdAt: Date | string
  may: { decide: boolean; withdraw: boolean }
}

/** Requests for references, as one of the two reads them. */
export function ReferenceRows({ rows, label }: { rows: ReferenceRow[]; label: string }) {
  return (
    <Rows label={label}>
      {rows.map((it) => {
        const who = it.who?.displayName ?? say(it.ofMe ? 'reference.somebody' : 'reference.unnamed')
        return (
          <li key={it.referenceId} className="grid gap-1 py-4">
            <h3 className="text-ui font-semibold">
              {it.ofMe ? say('reference.by', { who }) : say('reference.to', { who })}
              {it.who?.handle ? (
                <>
                  {' '}
                  <Link className="meta" to={paths.person(it.who.handle)}>
                    @{it.who.handle}
                  </Link>
                </>
              ) : null}
            </h3>
            <p className="meta flex flex-wrap gap-x-4">
              <span>{it.product ? say('reference.of', { vendor: it.vendor, product: it.product }) : it.vendor}</span>
              {it.recommendationId && it.headline ? (
                <Link to={paths.recommendation(it.recommendationId)}>
                  <bdi>{say('recommendation.card.headline', { headline: it.headline })}</bdi>
                </Link>
              ) : null}
              <RelativeTime at={it.createdAt} />
            </p>
            <p className="wrap-anywhere whitespace-pre-line" dir="auto">
              {it.words}
            </p>
            <p>
              <b className="strong">{say(`reference.state.${it.state}`)}</b>
            </p>
            {it.contact ? (
              <p className="wrap-anywhere">
                {say('reference.contact')} <bdi className="strong">{it.contact}</bdi>
              </p>
            ) : null}
            {it.ownContact ? (
              <p className="meta wrap-anywhere">
                <bdi>{say('reference.ownContact', { contact: it.ownContact })}</bdi>
              </p>
            ) : null}
            {it.may.decide ? (
              <div className="btns mt-2">
                <ButtonLink size="sm" to={paths.acceptReference(it.referenceId)}>
                  {say('reference.accept')}
                </ButtonLink>
                <ActionButton size="sm" variant="quiet" action={paths.declineReference(it.referenceId)} label={say('reference.decline')} />
              </div>
            ) : null}
            {it.may.withdraw ? (
              <div className="btns mt-2">
                <ActionButton
                  size="sm"
                  variant="quiet"
                  action={paths.withdrawReference(it.referenceId)}
                  label={say('reference.withdraw')}
                />
              </div>
            ) : null}
          </li>
        )
      })}
    </Rows>
  )
}
