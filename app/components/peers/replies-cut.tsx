import { CutForm } from '~/app/components/recommendations'
import { paths } from '~/app/paths'
import type { Cut } from '~/server/recommendations/types'
import { say } from '~/words'
import { Empty, Sorts } from '../ui'
import type { Request } from './request'

type Props = { request: Request; place: { slug: string; number: number; title: string }; order: 'helpful' | 'newest' }

/** Only the answers of those who are like whoever asks, or who speak of something: plain links with their counts, and a plain form. */
export function RepliesCut({ request: { organisationSize: size, industry, replies, cut }, place, order }: Props) {
  if (replies.all === 0) return null
  const to = (wanted: Cut = {}) => repliesAt(place, order, wanted)
  const current = (wanted: Cut) => JSON.stringify(Object.entries(cut).toSorted()) === JSON.stringify(Object.entries(wanted).toSorted())
  const link = (label: 'all' | 'both' | 'size' | 'industry', wanted: Cut) => ({
    to: to(wanted),
    label: say(`request.replies.${label}`, { count: replies[label] }),
    current: current(wanted),
  })
  const items = [
    link('all', {}),
    ...(size && industry ? [link('both', { size, industry })] : []),
    ...(size ? [link('size', { size })] : []),
    ...(industry ? [link('industry', { industry })] : []),
  ]
  return (
    <div className="my-4">
      {items.length > 1 ? <Sorts label={say('request.replies')} items={items} /> : null}
      <CutForm to={to()} cut={cut} lede={say('request.replies.lede')} keep={order === 'newest' ? { sort: 'newest' } : {}} />
      {Object.keys(cut).length === 0 ? null : replies.found > 0 ? (
        <p className="meta mt-3" role="status">
          {say('request.replies.found', { found: replies.found, all: replies.all })}
        </p>
      ) : (
        <Empty level={3} title={say('request.replies.none')}>
          {say('request.replies.none.why')}
        </Empty>
      )}
    </div>
  )
}

/** The answers of a request, those alone that were sought. */
export function repliesAt({ slug, number, title }: Props['place'], order: Props['order'], cut: Cut, after?: string | null): string {
  const query = new URLSearchParams({ ...(order === 'newest' ? { sort: 'newest' } : {}), ...cut, ...(after ? { after } : {}) }).toString()
  return `${paths.thread(slug, number, title)}${query ? `?${query}` : ''}#answers`
}
