import type { Score } from '~/server/recommendations/types'
import { say } from '~/words'

/** The score of one product in a line, or how few have spoken of it. */
export function ProductScore({ score }: { score?: Score }) {
  if (!score || score.n === 0) return null
  const { n, organisations, estimate } = score
  return (
    <p className="meta num">
      {estimate ? (
        <>
          <b className="strong">{estimate.estimate.toFixed(1)}</b>{' '}
          {say('recommendation.score.between', { low: estimate.low.toFixed(1), high: estimate.high.toFixed(1) })}
          <br />
          {say('recommendation.score.of', { n, organisations })}
        </>
      ) : (
        <>
          {say('recommendation.score.few')} {say('recommendation.score.so-far', { n })}
        </>
      )}
    </p>
  )
}
