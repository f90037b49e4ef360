import type { Figures } from '~/server/insight'
import { say, sayNumber } from '~/words'
import { sayChosenDay } from '~/words/dates'

/** How a community is doing, in four numbers that name nobody. */
export function CommunityFigures({ figures }: { figures: Figures | null }) {
  if (!figures) return <p className="meta">{say('levels.figures.none')}</p>
  const { members, participants, busiestTenth, medianGapDays, day } = figures
  const lines = [
    { label: say('levels.figures.members'), value: sayNumber(members) },
    { label: say('levels.figures.participants'), value: sayNumber(participants) },
    {
      label: say('levels.figures.tenth'),
      value:
        busiestTenth === null ? say('levels.figures.tooFew') : say('levels.figures.tenth.share', { share: Math.round(busiestTenth * 100) }),
    },
    {
      label: say('levels.figures.gap'),
      value: medianGapDays === null ? say('levels.figures.tooFew') : say('levels.figures.days', { days: medianGapDays }),
    },
  ]
  return (
    <>
      <dl className="facts">
        {lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="meta mt-2">{say('levels.figures.help', { date: sayChosenDay(day) })}</p>
    </>
  )
}
