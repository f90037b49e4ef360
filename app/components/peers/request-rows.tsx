import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { RelativeTime, Rows } from '../ui'
import type { Industry, Size } from './request'

export type RequestRow = {
  threadId: string
  slug: string
  room: string
  number: number
  title: string
  organisationSize: Size | null
  industry: Industry | null
  answerCount: number
  createdAt: Date | string
}

/** What peers are asking: for whom, where, and how many have answered. */
export function RequestRows({ requests, level = 2 }: { requests: RequestRow[]; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <Rows label={say('request.list.title')}>
      {requests.map((it) => (
        <li key={it.threadId} className="grid gap-1 py-4">
          <Heading className="font-serif text-[1.0625rem] leading-6 font-semibold wrap-anywhere" dir="auto">
            <Link className="no-underline hover:underline" to={paths.thread(it.slug, it.number, it.title)}>
              {it.title}
            </Link>
          </Heading>
          <p className="meta flex flex-wrap gap-x-4">
            {it.organisationSize ? <span>{say(`recommendation.size.${it.organisationSize}`)}</span> : null}
            {it.industry ? <span>{say(`recommendation.industry.${it.industry}`)}</span> : null}
            <bdi>{it.room}</bdi>
            <span className="num">{say('thread.answers', { count: it.answerCount })}</span>
            <RelativeTime at={it.createdAt} />
          </p>
        </li>
      ))}
    </Rows>
  )
}
