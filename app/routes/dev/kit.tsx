import { useState, type ReactNode } from 'react'
import { Basis, IntervalDot, Remaining, ShareDot, Sparkline, Spread, SpreadMini } from '~/app/components/charts'
import { Byline, Portrait, Seat, Who, type HandleInfo, type SeatInfo } from '~/app/components/people'
import { Commitments, TwoRailTimeline, type TimelineEntry } from '~/app/components/relationships'
import { NewBar, PostBody, VoteBox } from '~/app/components/threads'
import {
  ActionButton,
  Ban,
  Banner,
  Bell,
  Building2,
  Button,
  Buttons,
  Check,
  Checkbox,
  CheckboxGroup,
  Circle,
  CircleCheck,
  Clock,
  Confirm,
  CopyButton,
  Ellipsis,
  Empty,
  ErrorSummary,
  Eye,
  EyeOff,
  Flag,
  History,
  Hourglass,
  Icon,
  Label,
  LinkIcon,
  LoaderCircle,
  MarkdownField,
  Menu,
  MessageSquare,
  PageHead,
  Pager,
  RadioGroup,
  RelativeTime,
  Section,
  Segments,
  Select,
  Sorts,
  State,
  Tabs,
  Tag,
  Tags,
  TextArea,
  TextInput,
  Wrap,
  toast,
} from '~/app/components/ui'
import { ConsentSentence } from '~/app/components/vault'
import { say } from '~/words'

const HERE = '/dev/kit'

const SEATS: SeatInfo[] = [
  { kind: 'member' },
  { kind: 'prospect' },
  { kind: 'customer' },
  { kind: 'staff', vendorName: 'Tern Works', role: 'support' },
  { kind: 'partner', vendorName: 'Halyard' },
  { kind: 'moderator' },
  { kind: 'operator' },
]

const AMINA: HandleInfo = { handle: 'amina', displayName: 'Amina', placeholder: false, seat: { kind: 'customer' } }
const DARA: HandleInfo = {
  handle: 'dara',
  displayName: 'Dara Quinn',
  placeholder: false,
  seat: { kind: 'staff', vendorName: 'Tern Works', role: 'support' },
}
const BO: HandleInfo = { handle: 'bo', displayName: 'Bo', placeholder: false, seat: { kind: 'moderator' } }
const NEXT: HandleInfo = { handle: null, displayName: '@next', placeholder: true, seat: { kind: 'member' } }
const LONG: HandleInfo = {
  handle: 'long',
  displayName: 'Wolfeschlegelsteinhausenbergerdorff the younger',
  placeholder: false,
  seat: { kind: 'staff', vendorName: 'Verkehrsgesellschaft Lindenhof und Söhne', role: 'second line support' },
}
const LAYLA: HandleInfo = { handle: 'layla', displayName: 'ليلى حداد', placeholder: false, seat: { kind: 'prospect' } }

const HAPPENED: TimelineEntry[] = [
  {
    id: '1',
    side: 'member',
    who: 'Amina',
    at: '2026-11-17T15:10:00Z',
    what: 'Promised to try Tern Calendar with six colleagues, by 1 December',
    quoted: '“If the nurses can read it on the ward tablets, we are most of the way.”',
  },
  {
    id: '2',
    side: 'vendor',
    who: 'Tern Works',
    at: '2026-11-17T11:48:00Z',
    what: 'Sam asked to see her budget. Refused: no grant covers it.',
  },
  { id: '3', side: 'vendor', who: 'Tern Works', at: '2026-11-12T09:30:00Z', what: 'Dara confirmed Chen’s answer and owned the fault' },
  { id: '4', side: 'member', who: 'Amina', at: '2026-11-11T20:05:00Z', what: 'Accepted Chen’s answer' },
  { id: '5', side: 'independent', who: 'Bo', at: '2026-11-11T10:12:00Z', what: 'Bo moved her comment from another thread, with reasons' },
]

const WRITTEN = `<p>Neither. Nothing is coming back; the folder’s <em>index</em> and the mailbox disagree about what was deleted.</p><h2>Before you compact</h2><ol><li>Quit the mail program on your phone.</li><li>Choose <em>Properties</em>, then <em>Repair folder</em>.</li></ol><ul><li>Mind the <code>mail.compact.expunge_first</code> setting</li></ul><blockquote><p>Half of the messages are back.</p></blockquote><pre tabindex="0"><code>mailbox  INFO   compact “Newsletters” 1,842 → 1,799
index    WARN   1,841 entries, 1,799 messages: rebuilding from server</code></pre><table><thead><tr><th>Setting</th><th>Value</th></tr></thead><tbody><tr><td>Delete</td><td>Move to Trash</td></tr></tbody></table>`

const COLOURS = [
  'paper',
  'paper-raised',
  'paper-sunk',
  'hairline',
  'edge',
  'ink',
  'ink-soft',
  'ink-faint',
  'hover',
  'focus',
  'member',
  'member-line',
  'member-wash',
  'vendor',
  'vendor-line',
  'vendor-wash',
  'independent',
  'independent-line',
  'independent-wash',
  'success',
  'success-wash',
  'caution',
  'caution-wash',
  'danger',
  'danger-wash',
  'data-1',
  'data-2',
  'data-3',
  'data-4',
  'data-5',
]

export const meta = () => [{ title: say('ui.pageTitle', { title: say('kit.title') }) }, { name: 'robots', content: 'noindex' }]

/** Every part in every state, to look at and to measure. */
export default function KitScreen() {
  const [arrived, setArrived] = useState(2)
  return (
    <Wrap>
      <PageHead title={say('kit.title')} lede={say('kit.lede')} crumbs={[{ to: HERE, label: say('kit.title') }]} />
      <div className="grid gap-14 *:min-w-0">
        <Part name="kit.sides">
          <p className="meta">{say('kit.sides.note')}</p>
          <Tags>
            {SEATS.map((seat) => (
              <Seat key={seat.kind} seat={seat} />
            ))}
          </Tags>
          <div className="flex flex-wrap items-center gap-3">
            {(['member', 'vendor', 'independent'] as const).flatMap((side) => [
              <Portrait key={`${side}-lg`} name="Amina Haddad" side={side} size="lg" />,
              <Portrait key={side} name="Dara" side={side} />,
              <Portrait key={`${side}-sm`} name="ليلى حداد" side={side} size="sm" />,
            ])}
          </div>
          <div className="grid gap-4 md:grid-cols-2">
            {[AMINA, DARA, BO, NEXT, LONG, LAYLA].map((who) => (
              <Byline key={who.displayName} who={who} to={HERE}>
                <RelativeTime at="2026-11-09T10:14:00Z" />
              </Byline>
            ))}
          </div>
        </Part>

        <Part name="kit.colour">
          <ul className="grid grid-cols-2 gap-2 md:grid-cols-4 lg:grid-cols-6">
            {COLOURS.map((colour) => (
              <li key={colour} className="flex items-center gap-2">
                <svg width="28" height="28" className="rounded border border-hairline" aria-hidden="true">
                  <rect width="28" height="28" fill={`var(--${/^(member|vendor|independent)/.test(colour) ? 'side-' : ''}${colour})`} />
                </svg>
                <span className="mono">{colour}</span>
              </li>
            ))}
          </ul>
        </Part>

        <Part name="kit.type">
          <p className="display font-serif">At one table</p>
          <p className="title font-serif font-semibold">Deleted messages come back</p>
          <p className="font-serif text-heading font-semibold">Who may read what</p>
          <p className="font-serif text-prose">Nothing is coming back: the index and the mailbox disagree.</p>
          <p className="text-body">Fields, and short text in the interface</p>
          <p>Buttons, lists, tables, comments</p>
          <p className="meta">Dates, sources, help under a field</p>
        </Part>

        <Part name="kit.buttons">
          <Buttons>
            <Button variant="primary">Post answer</Button>
            <Button variant="primary" aria-busy>
              <Icon of={LoaderCircle} />
              Posting
            </Button>
            <Button variant="primary" disabled>
              Disabled
            </Button>
            <Button>
              <Icon of={Bell} />
              Follow
            </Button>
            <Button disabled>Disabled</Button>
            <Button variant="quiet">Preview</Button>
            <Button variant="quiet" icon aria-label="More">
              <Icon of={Ellipsis} />
            </Button>
            <Button variant="text">Comment</Button>
            <Button variant="danger">Revoke</Button>
            <Button variant="danger-solid">Erase my vault</Button>
          </Buttons>
          <Buttons>
            <Button size="sm" variant="primary">
              Save
            </Button>
            <Button size="sm">Change</Button>
            <Button size="sm" variant="danger">
              Revoke
            </Button>
            <ActionButton size="sm" action={HERE} label="Follow" icon={Bell} pressed={false} />
            <CopyButton text="grant-12" />
          </Buttons>
        </Part>

        <Part name="kit.fields">
          <ErrorSummary errors={{ until: 'past', facts: 'required' }} labels={{ until: 'Until', facts: 'Facts' }} />
          <div className="grid gap-6 md:grid-cols-2">
            <TextInput label="Team size" name="size" defaultValue="40" help="People who would use it, not all employees." />
            <TextInput label="Until" name="until" defaultValue="1 March 2025" error="past" />
            <TextInput label="Organisation" name="organisation" defaultValue="Lindenhof Clinic" disabled help="Confirmed by mail domain." />
            <Select label="Rule" name="rule" options={[{ value: '6', label: '6. Private letters stay private' }]} />
            <TextArea label="Facts" name="facts" error="required" rows={3} />
            <TextArea label="Why" name="why" optional placeholder="Helps others who vote" rows={3} />
            <RadioGroup
              label="How often"
              name="often"
              defaultValue="week"
              options={[
                { value: 'week', label: 'Once a week' },
                { value: 'now', label: 'At once', help: 'Up to ten a day' },
                { value: 'never', label: 'Never' },
              ]}
            />
            <CheckboxGroup
              label="Tell me by"
              name="by"
              defaultValues={['mail']}
              options={[
                { value: 'mail', label: 'Mail' },
                { value: 'here', label: 'This browser' },
                { value: 'telephone', label: 'Telephone, not set', disabled: true },
              ]}
            />
            <Checkbox label="I work for this vendor, or did" name="worked" help="Partners are labelled and not counted." />
            <Segments
              label="What to do"
              name="act"
              defaultValue="hide"
              options={[
                { value: 'leave', label: 'Leave' },
                { value: 'hide', label: 'Hide' },
                { value: 'remove', label: 'Remove' },
              ]}
            />
          </div>
          <MarkdownField label="Your answer" name="body" placeholder="What did you see, and what helped?" rows={5} />
        </Part>

        <Part name="kit.consent">
          <div className="card">
            <ConsentSentence who="Tern Works" what="role and team size" why="answer this question" until="2027-03-01" />
            <Remaining share={0.62}>99 days left</Remaining>
            <Remaining share={0.08} soon>
              9 days left
            </Remaining>
          </div>
          <ConsentSentence kind="asked" who="Ledgerly" what="team size" why="prepare the offer you asked for" until="2027-01-31" />
          <ConsentSentence kind="ended" who="Halyard" what="telephone number" why="plan your move" until="2026-10-01" />
        </Part>

        <Part name="kit.states">
          <div className="flex flex-wrap gap-5">
            <State kind="ok" icon={CircleCheck}>
              Solved
            </State>
            <State kind="wait" icon={Hourglass}>
              Awaiting confirmation
            </State>
            <State icon={MessageSquare}>Answered</State>
            <State kind="off" icon={Circle}>
              Unanswered
            </State>
            <State kind="ok" icon={Check}>
              Accepted by Amina
            </State>
            <State kind="vendor" icon={Building2}>
              Confirmed by Tern Works
            </State>
            <State kind="ok" icon={Eye}>
              Live
            </State>
            <State kind="wait" icon={Clock}>
              9 days left
            </State>
            <State kind="off" icon={EyeOff}>
              Ended
            </State>
            <State kind="bad" icon={Ban}>
              Refused
            </State>
          </div>
          <Tags>
            <Tag to={HERE}>folders</Tag>
            <Tag to={HERE}>compacting</Tag>
            <Tag>imap</Tag>
          </Tags>
        </Part>

        <Part name="kit.banners">
          <NewBar count={arrived} onShow={() => setArrived(0)} />
          <Banner end={<a href={HERE}>Leave</a>}>You are reading this as Tern Works sees you.</Banner>
          <Banner kind="success">
            <b>Revoked.</b> Halyard stopped reading your team size at 14:02.
          </Banner>
          <Banner kind="caution">You are offline. What you type is kept on this device.</Banner>
          <Banner kind="danger" end={<a href={HERE}>Try again</a>}>
            <b>Not posted.</b> The connection broke. Your draft of 14:02 is kept.
          </Banner>
          <Banner kind="independent">
            <b>Tern Works cannot act on this.</b> It is about their product.
          </Banner>
          <Buttons>
            <Button type="button" size="sm" onClick={() => toast('Thread followed', () => undefined)}>
              {say('kit.showToast')}
            </Button>
          </Buttons>
        </Part>

        <Part name="kit.overlays">
          <Buttons>
            <Confirm label="Revoke" title="Revoke Tern Works’ reading?" action={HERE} confirmLabel="Revoke now">
              They lose six fields at once: pages, exports, and mails not yet sent. Your question stays.
            </Confirm>
            <Menu
              items={[
                { label: 'Copy link', icon: LinkIcon, to: HERE },
                { label: 'Earlier versions', icon: History, to: HERE },
                'rule',
                { label: 'Flag, with a reason', icon: Flag, action: HERE },
              ]}
            />
          </Buttons>
        </Part>

        <Part name="kit.tabs">
          <Tabs
            label="Tern Works"
            items={[
              { to: HERE, label: 'Overview' },
              { to: '/dev/kit?view=2', label: 'Recommendations', count: 64 },
              { to: '/dev/kit?view=3', label: 'Questions', count: 3106 },
            ]}
          />
          <Sorts
            label="Order"
            items={[
              { to: HERE, label: 'Most helpful' },
              { to: '/dev/kit?view=2', label: 'Newest' },
            ]}
          />
          <div className="tbl-wrap" tabIndex={0} role="region" aria-label="Readings">
            <table className="tbl">
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Who</th>
                  <th scope="col">Read</th>
                  <th scope="col" className="r">
                    Under
                  </th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <td className="num nowrap">21 Nov 16:20</td>
                  <td>
                    <Who who={DARA} short />
                  </td>
                  <td>Mail client</td>
                  <td className="r">Grant 12</td>
                </tr>
              </tbody>
            </table>
          </div>
          <Pager newer={HERE} older={HERE} />
        </Part>

        <Part name="kit.charts">
          <div className="grid gap-10 md:grid-cols-2">
            <figure>
              <Spread counts={[3, 6, 12, 24, 19]}>
                <IntervalDot estimate={3.8} low={3.5} high={4.1} />
              </Spread>
            </figure>
            <div className="grid content-start gap-5">
              <div className="w-[168px]">
                <SpreadMini counts={[0, 1, 5, 18, 26]} />
                <IntervalDot estimate={4.3} low={4} high={4.5} small name="Help when stuck" n={61} />
              </div>
              <ShareDot estimate={0.71} low={0.6} high={0.8} sentence="71 %, likely between 60 and 80 %" />
              <Sparkline
                values={[52, 48, 50, 44, 46, 39, 41, 34, 36, 31, 28, 27]}
                target={40}
                sentence={say('ui.spark.sentence', { what: 'First answer, twelve weeks', first: '5 h 10', last: '2 h 40' })}
              />
              <Basis
                sentence="Evidence: 31 relationship records, 9 documents, 6 screenshots, 18 self-declared"
                parts={[
                  { label: 'Relationship record', count: 31 },
                  { label: 'Document', count: 9 },
                  { label: 'Screenshot', count: 6 },
                  { label: 'Self-declared', count: 18 },
                ]}
              />
            </div>
          </div>
        </Part>

        <Part name="kit.timeline">
          <Commitments
            label="Commitments"
            steps={[
              { id: '1', title: 'Asked for a trial', state: 'done', said: 'Amina, 12 Nov' },
              { id: '2', title: 'Trial with six', state: 'promised', said: 'promised for 1 Dec' },
              { id: '3', title: 'Show the board', state: 'proposed', said: 'proposed by us, Amina has not answered' },
              { id: '4', title: 'Decide', state: 'later', said: 'hers to name' },
            ]}
          />
          <TwoRailTimeline entries={HAPPENED} legend={{ member: 'Amina', vendor: 'us', independent: 'independent' }} />
        </Part>

        <Part name="kit.posts">
          <article className="post post-first">
            <VoteBox action={HERE} score={58} mine={1} />
            <div>
              <Byline who={AMINA}>asked on 9 November at 10:14, edited once</Byline>
              <ul className="proof">
                <li>
                  <Icon of={Check} />
                  <span>
                    <b>Accepted by Amina</b> on 11 November
                  </span>
                </li>
              </ul>
              <PostBody html={WRITTEN} />
              <Tags>
                <Tag to={HERE}>folders</Tag>
              </Tags>
              <div className="acts">
                <Button variant="text">Comment</Button>
                <Button variant="text">Flag</Button>
              </div>
              <ol className="comments">
                <li>
                  <p>Mark as deleted, on both laptops.</p>
                  <p className="meta">
                    <Who who={AMINA} short /> <RelativeTime at="2026-11-09T10:14:00Z" />
                  </p>
                </li>
              </ol>
            </div>
          </article>
          <article className="post post-v">
            <VoteBox action={HERE} score={0} mine={0} />
            <div>
              <Byline who={DARA}>answered on 12 November at 09:30</Byline>
              <PostBody html="<p>Chen has it right. This is our fault.</p>" />
            </div>
          </article>
        </Part>

        <Part name="kit.empty">
          <Empty title="No questions yet" action={<Button variant="primary">Ask the first</Button>}>
            Questions about Tern Mail stand here, with their answers. The first one is often the one that many had.
          </Empty>
          <Section title="A section of one side" side="vendor" thin>
            <Label icon={Building2}>Whom to ask</Label>
          </Section>
        </Part>
      </div>
    </Wrap>
  )
}

function Part({
  name,
  children,
}: {
  name: `kit.${'sides' | 'colour' | 'type' | 'buttons' | 'fields' | 'consent' | 'states' | 'banners' | 'overlays' | 'tabs' | 'charts' | 'timeline' | 'posts' | 'words' | 'empty'}`
  children: ReactNode
}) {
  return (
    <Section title={say(name)} id={name.replace('.', '-')}>
      <div className="grid gap-5 *:min-w-0">{children}</div>
    </Section>
  )
}
