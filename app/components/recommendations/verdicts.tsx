import { Spread, SpreadMini, type Five } from '~/app/components/charts'
import { say } from '~/words'

type Shown = { count: number; shown: boolean; spread: Five; dimensions: Record<'ease' | 'support' | 'value', Five> }

/** How the verdicts spread, whole and by dimension; from five on. Never an average. */
export function Verdicts({ count, shown, spread, dimensions }: Shown) {
  if (!shown) return <p className="text-ink-soft">{say('recommendation.soFar', { count })}</p>
  return (
    <div className="verdict">
      <figure>
        <Spread counts={spread} height={104} />
      </figure>
      <div>
        {(['ease', 'support', 'value'] as const).map((name) => {
          const voices = dimensions[name].reduce((sum, each) => sum + each, 0)
          if (voices === 0) return null
          return (
            <div className="dim" key={name}>
              <span>{say(`recommendation.dimension.${name}`)}</span>
              <div className="plot">
                <SpreadMini counts={dimensions[name]} />
              </div>
              <span className="v meta">
                {say('ui.spread.people')}: {voices}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
