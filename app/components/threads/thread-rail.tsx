import { Link } from '@remix-run/react'
import type { ComponentProps, ReactNode } from 'react'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { say } from '~/words'
import { WhoIsHere } from '../presence'
import { ActionButton, Bell, BellOff, Label } from '../ui'
import { ClaimOf } from './claim'

type Other = { threadId: string; slug: string; number: number; title: string }
type Thread = {
  threadId: string
  slug: string
  number: number
  title: string
  signedIn: boolean
  following: boolean
  muted: boolean
  claim: ComponentProps<typeof ClaimOf>['claim']
  idea: object | null
  duplicates: Other[]
  duplicateOf: Other | null
  communityName: string
  communitySummary: string | null
  vendorSlug: string | null
  vendorName: string | null
  may: Record<'answer' | 'follow' | 'claim' | 'makePoll' | 'merge' | 'moderate' | 'markDuplicate', boolean>
}

/** Beside a thread: who is here, what one may do with it (`children`: with an idea), and the room that it stands in. */
export function ThreadRail({ thread, children }: { thread: Thread; children?: ReactNode }) {
  const { number, title, may, signedIn, idea } = thread
  const of = idea ? 'idea' : 'thread'
  const acts = [
    ...(may.makePoll ? [[paths.poll(number), say('poll.make')] as const] : []),
    ...(may.merge ? [[paths.merge(number), say(may.moderate ? `${of}.act.merge` : `${of}.act.proposeMerge`)] as const] : []),
    ...(may.markDuplicate && !thread.duplicateOf ? [[paths.duplicate(number), say('thread.act.duplicate')] as const] : []),
  ]
  return (
    <aside className="rail" aria-label={say('thread.rail')}>
      <WhoIsHere thread={thread} form="#reply" />
      {may.follow || !signedIn ? (
        <section>
          <ActionButton
            action={thread.following ? paths.unfollowThread(number) : paths.followThread(number)}
            label={say(thread.following ? 'thread.unfollow' : 'thread.follow')}
            icon={thread.following ? BellOff : Bell}
            className="w-full"
          />
          <p className="meta mt-2">{say(thread.following ? 'thread.following.help' : 'thread.follow.help')}</p>
          {signedIn ? (
            <div className="mt-3">
              <ActionButton
                action={thread.muted ? paths.unmuteThread(number) : paths.muteThread(number)}
                label={say(thread.muted ? 'thread.unmute' : 'thread.mute')}
                icon={thread.muted ? Bell : BellOff}
                variant="quiet"
                size="sm"
              />
              {thread.muted ? <p className="meta mt-2">{say('thread.muted.help')}</p> : null}
            </div>
          ) : null}
        </section>
      ) : null}
      {may.claim ? (
        <section>
          <Label level={2}>{say('thread.claim.title')}</Label>
          <ClaimOf number={number} title={title} claim={thread.claim} may={may.claim} />
        </section>
      ) : null}
      {children}
      {thread.duplicates.length > 0 ? (
        <section>
          <Label level={2}>{say('thread.duplicates')}</Label>
          <ul className="soft grid gap-1">
            {thread.duplicates.map((other) => (
              <li key={other.threadId} dir="auto" className="wrap-anywhere">
                <Link to={paths.thread(other.slug, other.number, other.title)}>{other.title}</Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {acts.map(([to, label]) => (
        <section key={to}>
          <p className="meta">
            <Link className="underline" to={to}>
              {label}
            </Link>
          </p>
        </section>
      ))}
      <section>
        <Label level={2}>{thread.communityName}</Label>
        {thread.communitySummary ? <p className="soft">{thread.communitySummary}</p> : null}
        <p className="soft">
          {thread.vendorSlug && thread.vendorName
            ? sayRich('thread.room.hosted', {
                name: thread.vendorName,
                vendor: (chunks) => <Link to={paths.vendor(thread.vendorSlug ?? '')}>{chunks}</Link>,
              })
            : say('thread.room.independent')}
        </p>
        <p className="meta mt-2">
          <Link className="underline" to={paths.moderationLog()}>
            {say('thread.room.log')}
          </Link>
        </p>
      </section>
    </aside>
  )
}
