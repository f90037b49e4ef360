import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import { ActionButton, Banner, RotateCcw } from '../ui'
import { PostArticle, type PostView } from './post-article'

export type MergedView = {
  post: PostView & { mine: boolean }
  title: string
  number: number
  note: string
  mergedAt: Date | string | null
  mergeId: string
  undoUntil: Date | string | null
}

/** For somebody whose own question now stands here: what became of it. */
export function MergedNotes({ merged }: { merged: MergedView[] }) {
  return merged
    .filter(({ post }) => post.mine)
    .map(({ mergeId, title, note, mergedAt, post }) => (
      <Banner key={mergeId} kind="success" end={<Link to={`#post-${post.postId}`}>{say('thread.merged.see')}</Link>}>
        {say('thread.merged.yours', { title, day: mergedAt ? sayDay(mergedAt) : '' })}{' '}
        {note ? <span className="wrap-anywhere">“{note}”</span> : null}
      </Banner>
    ))
}

/** Questions that were merged into this one, as they were asked. */
export function MergedQuestions({
  merged,
  place,
  visitorMay,
  of = 'thread',
}: {
  merged: MergedView[]
  place: { slug: string; number: number }
  visitorMay: boolean
  of?: 'thread' | 'idea'
}) {
  if (merged.length === 0) return null
  return (
    <section className="sect sect-thin mt-8" aria-labelledby="merged-heading" id="merged">
      <div className="sect-head mb-3">
        <h2 id="merged-heading">{say(`${of}.merged.title`, { count: merged.length })}</h2>
      </div>
      {merged.map(({ post, title, mergeId, undoUntil }) => (
        <div key={mergeId}>
          <h3 className="mt-4 font-serif text-[1.0625rem] font-semibold wrap-anywhere" dir="auto">
            {title}
          </h3>
          <PostArticle post={post} kind="asked" of={of} place={place} visitorMay={visitorMay} />
          {undoUntil ? (
            <div className="meta mt-2 flex flex-wrap items-center gap-3">
              <ActionButton
                action={paths.undoMerge(mergeId)}
                label={say('thread.merges.undo')}
                spoken={say('thread.merges.undo.spoken', { title })}
                icon={RotateCcw}
                size="sm"
              />
              {say('thread.merges.until', { day: sayDay(undoUntil) })}
            </div>
          ) : null}
        </div>
      ))}
    </section>
  )
}
