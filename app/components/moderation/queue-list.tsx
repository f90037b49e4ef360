import { Link, useLocation } from '@remix-run/react'
import type { SerializeFrom } from '@remix-run/node'
import { ArrowLeft, ButtonLink, Empty, FileText, Flag, Icon, MessageSquare, Pager, RelativeTime, Scale, Tabs } from '~/app/components/ui'
import { queuesFor, useFrame } from '~/app/components/frame'
import type {
  Queue,
  QueueItem,
  WaitingAppeals as Appeals,
  WaitingDisputes as Disputes,
  WaitingEvidence as Evidence,
  WaitingReporters as Reporters,
} from '~/server/moderation/types'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { ModerationItem, type ItemShown } from './item'
import { WaitingAppeals } from './waiting-appeals'
import { WaitingDisputes } from './waiting-disputes'
import { WaitingList } from './waiting-list'
import { WaitingReporters } from './waiting-reporters'

const ICONS = { thread: FileText, answer: MessageSquare, comment: Flag, recommendation: Scale } as const

type WaitingAppealsShown = Appeals | SerializeFrom<Appeals>
type Shown = Omit<Queue, 'items' | 'oldestAt'> & {
  items: (QueueItem | SerializeFrom<QueueItem>)[]
  oldestAt: Date | string | null
  item: ItemShown | null
  appeals: WaitingAppealsShown
  disputes: Disputes | SerializeFrom<Disputes>
  evidence: Evidence | SerializeFrom<Evidence>
  reporters: Reporters
}

/** The list and, beside it, the one that is open. On a phone these are two screens. */
export function QueueScreen({
  title,
  queue,
  wanted,
  after,
  at,
  aside,
}: {
  title: string
  queue: Shown
  wanted: string | null
  after: string | null
  at: (item?: string) => string
  /** Under the heading of the list. */
  aside?: React.ReactNode
}) {
  const address = (item?: string, from: string | null = after) => {
    const base = at(item)
    return from ? `${base}${base.includes('?') ? '&' : '?'}after=${encodeURIComponent(from)}` : base
  }
  return (
    <div className="page-queue">
      <QueueTabs />
      <div className="wrap q" data-item={wanted ? '' : undefined}>
        <h1 className="hush">{title}</h1>
        <section className="list" aria-labelledby="queue-heading">
          <WaitingDisputes disputes={queue.disputes} at={(id) => address(`recommendation:${id}`)} />
          <WaitingList
            title={say('evidence.queue')}
            waiting={queue.evidence.waiting}
            rows={queue.evidence.rows.map(({ headline, vendor, ...row }) => ({
              ...{ ...row, to: paths.decideEvidence(row.id), title: headline, meta: say('evidence.row', { vendor }) },
            }))}
          />
          <WaitingReporters reporters={queue.reporters} />
          <WaitingAppeals appeals={queue.appeals} older={(cursor) => `${at()}?appeals=${encodeURIComponent(cursor)}`} />
          <div className="qh">
            <h2 id="queue-heading">{title}</h2>
            <span className="meta num">
              {say('moderation.waiting', { count: queue.waiting })}
              {queue.oldestAt ? (
                <>
                  , {say('moderation.oldest')} <RelativeTime at={queue.oldestAt} />
                </>
              ) : null}
            </span>
          </div>
          {aside}
          {queue.items.length === 0 ? (
            <Empty title={say('moderation.empty')} level={3}>
              {say('moderation.empty.why')}
            </Empty>
          ) : (
            <ol>
              {queue.items.map((item) => (
                <Row
                  key={`${item.kind}:${item.id}`}
                  item={item}
                  to={address(`${item.kind}:${item.id}`)}
                  open={(wanted ?? firstOf(queue)) === `${item.kind}:${item.id}`}
                />
              ))}
            </ol>
          )}
          {queue.items.length > 1 ? (
            <p className="keys meta">
              <kbd>j</kbd> <kbd>k</kbd> {say('ui.keys.walk')} <kbd>?</kbd> {say('ui.keys.list')}
            </p>
          ) : null}
          <Pager
            newer={after ? address(undefined, null) : null}
            newerLabel={say('moderation.fromTop')}
            older={queue.more ? address(undefined, queue.more) : null}
            olderLabel={say('moderation.more')}
          />
        </section>
        <article className="item" aria-labelledby={queue.item ? 'item-heading' : undefined}>
          {wanted ? (
            <nav className="back" aria-label={say('moderation.queue')}>
              <ButtonLink variant="quiet" size="sm" to={address()}>
                <Icon of={ArrowLeft} size="sm" />
                {say('moderation.queue')}
              </ButtonLink>
            </nav>
          ) : null}
          {queue.item ? (
            <ModerationItem item={queue.item} refused={NOTHING_REFUSED} />
          ) : wanted ? (
            <Empty title={say('moderation.gone')}>{say('moderation.pick.why')}</Empty>
          ) : null}
        </article>
      </div>
    </div>
  )
}

/** Where there is room for two, the first lies open beside the list. */
const firstOf = ({ items: [first] }: Shown) => first && `${first.kind}:${first.id}`

/** The queues of the one who looks, one beside the other. */
function QueueTabs() {
  const { viewer } = useFrame()
  const { pathname } = useLocation()
  const queues = queuesFor(viewer).map((queue) => ({ ...queue, current: queue.to === pathname }))
  return queues.length > 1 ? <Tabs label={say('ui.yourQueues')} items={queues} className="wrap" /> : null
}

/** Half of what hides a post: somebody should look soon. */
const HEAVY = 4.15

const NOTHING_REFUSED = { errors: {}, values: {} }

function Row({ item, to, open }: { item: Shown['items'][number]; to: string; open: boolean }) {
  return (
    <li>
      <Link className={open ? 'it sel' : 'it'} to={to} aria-current={open ? 'true' : undefined} preventScrollReset data-walk>
        <span className="ic">
          <Icon of={ICONS[item.sort]} />
        </span>
        <span className="tx">
          <span className="t">
            <bdi>{item.title}</bdi>
          </span>
          <span className="meta">
            {item.claim ? (
              <>
                <b className="strong">{say('moderation.claimed', { mine: item.claim.mine ? 'yes' : 'no', name: item.claim.by })}</b> ·{' '}
              </>
            ) : null}
            {item.hidden && !item.heldBy ? `${say('moderation.item.hidden')} · ` : null}
            {say(`moderation.sort.${item.sort}`)} ·{' '}
            {item.heldBy
              ? say(`held.by.${item.heldBy}`)
              : `${say('moderation.flags', { count: item.flags })} · ${item.reasons.map((reason) => say(`flag.reason.${reason}`)).join(', ')}`}
          </span>
          {item.others > 0 ? (
            <span className="meta">{say('moderation.others', { count: item.others, name: item.by.displayName })}</span>
          ) : null}
        </span>
        <span className="grid justify-items-end">
          <span className={item.score >= HEAVY ? 'w hi num' : 'w num'}>
            <span className="hush">{say('moderation.weight')} </span>
            {say('moderation.score', { score: item.score })}
          </span>
          <span className="meta num">
            <RelativeTime at={item.oldestAt} />
          </span>
        </span>
      </Link>
    </li>
  )
}
