import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Named, RepliesCut, repliesAt, RequestFacts, RequestTally } from '~/app/components/peers'
import { IdeaRail, IdeaState, OfficialWord, VotePanel, Whys } from '~/app/components/ideas'
import {
  AnswerForm,
  AskOfAsker,
  MergedNotes,
  MergedQuestions,
  NewBar,
  Poll,
  PostArticle,
  PrivateLines,
  PrivateWay,
  structuredThread,
  ThreadRail,
  ThreadState,
  useHeldBack,
} from '~/app/components/threads'
import { ActionButton, Banner, Crumbs, Lock, Pager, Sorts, State, Tag, Wrap } from '~/app/components/ui'
import { draftDrawn } from '~/app/draft-places.server'
import { act, guessed, load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { plainText, toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { markThreadRead } from '~/server/notifications'
import { ideaPage } from '~/server/ideas'
import { repliesLike, requestOf } from '~/server/peers'
import { cutFrom } from '~/server/recommendations'
import { answerQuestion, placeOfPost, pollsOf, threadAt, threadIdOf } from '~/server/threads'
import { AnswerInput } from '~/server/threads/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(async ({ viewer, params, url, request }) => {
  const { slug, number } = params as { slug: string; number: string }
  const postId = url.searchParams.get('post')
  if (postId) throw redirect(await addressOf(viewer, slug, number, postId))
  const order = url.searchParams.get('sort') === 'newest' ? 'newest' : 'helpful'
  const cut = cutFrom(url.searchParams)
  const page = await threadAt(viewer, { slug, number, order, after: url.searchParams.get('after'), among: repliesLike(cut) })
  if (page.moved) throw redirect(paths.thread(page.moved.slug, page.moved.number, page.moved.title), 301)
  if (!guessed(request)) await markThreadRead(viewer, page.threadId)
  const [drawn, idea, polls, asks] = await Promise.all([
    draftDrawn(viewer, page.draft, url),
    page.kind === 'idea' ? ideaPage(viewer, page.threadId) : null,
    page.hasPolls ? pollsOf(viewer, page.threadId) : [],
    page.isRequest ? requestOf(viewer, page, cut) : null,
  ])
  return { ...page, drawn, idea, polls, request: asks }
})

async function addressOf(viewer: Parameters<typeof placeOfPost>[0], slug: string, number: string, postId: string) {
  const { after, commentsOf } = await placeOfPost(viewer, postId)
  const page = commentsOf ? paths.commentOn(commentsOf) : paths.thread(slug, Number(number) || 0) + (after ? `?after=${after}` : '')
  return `${page}#post-${encodeURIComponent(postId)}`
}

export const action = act(
  AnswerInput,
  async ({ viewer, params, input }) => {
    const answer = await answerQuestion(viewer, await threadIdOf(params.number ?? ''), input)
    return redirect(paths.post(answer.slug, answer.number, answer.postId))
  },
  async ({ params }) => ({ kind: 'answer', subjectId: await threadIdOf(params.number) }),
)

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: data.title, type: 'article', description: plainText(data.opening.html ?? '') },
        path: paths.thread(data.slug, data.number, data.title),
        feed: paths.threadFeed(data.slug, data.number),
        picture: data.open ? paths.threadPicture(data.number) : undefined,
        structured: (absolute) => structuredThread(data, absolute),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function ThreadScreen() {
  const thread = useLoaderData<typeof loader>()
  useLive([`thread:${thread.threadId}`])
  const { shown, held, letIn } = useHeldBack(thread.readAt)
  const { slug, number, title, locked, may, signedIn, idea, request } = thread
  const of = idea ? 'idea' : 'thread'
  const here = paths.thread(slug, number, title)
  const visitorMay = !signedIn && !locked
  const withShownComments = <P extends typeof thread.opening>(post: P) => ({ ...post, comments: shown(post.comments) })
  const answers = shown(thread.answers).map(withShownComments)
  const waiting = held(thread.answers)
  const said = waiting + [thread.opening, ...thread.answers].reduce((sum, post) => sum + held(post.comments), 0)
  return (
    <Wrap className="page-thread">
      <Crumbs
        items={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: thread.communityName },
          ...(idea ? [{ to: paths.ideas(slug), label: say('idea.title') }] : []),
        ]}
      />
      <div className="thead">
        <h1 className="title wrap-anywhere" dir="auto">
          {title}
        </h1>
        <p className="facts meta">
          {idea ? <IdeaState status={idea.status} /> : <ThreadState state={thread.state} />}
          {request ? <span>{say('request.one')}</span> : null}
          {idea ? <span className="num">{say('idea.votes', { count: thread.opening.score })}</span> : null}
          {locked ? <State icon={Lock}>{say('thread.locked')}</State> : null}
          <span>{say(idea ? 'idea.proposed' : 'thread.asked', { day: sayDay(thread.createdAt) })}</span>
          {thread.followerCount > 0 ? <span className="num">{say('thread.follow.count', { count: thread.followerCount })}</span> : null}
          {thread.productName ? <span>{thread.productName}</span> : null}
          <PrivateLines privately={thread.privately} />
        </p>
      </div>
      {thread.hiddenBy ? (
        <Banner kind={thread.heldFor ? 'caution' : 'danger'}>
          <p>{thread.heldFor ? say('thread.heldForYou', { why: thread.heldFor }) : say('thread.removedThread')}</p>
          <p>
            <Link to={paths.decision(thread.hiddenBy)}>{say('thread.statement')}</Link>
          </p>
        </Banner>
      ) : null}
      {locked ? (
        <Banner end={thread.lockedBy ? <Link to={paths.decision(thread.lockedBy)}>{say('thread.statement')}</Link> : undefined}>
          {say('thread.lockedHere')}
        </Banner>
      ) : null}
      <AskedBefore thread={thread} />
      <MergedNotes merged={thread.merged} />
      <div className="cols cols-rail">
        <div className="min-w-0">
          {idea ? <OfficialWord steps={idea.steps} credited={idea.credited} /> : null}
          <PostArticle
            post={withShownComments(thread.opening)}
            kind="question"
            of={of}
            place={thread}
            visitorMay={visitorMay}
            above={request ? <RequestFacts request={request} /> : null}
            tags={
              thread.tags.length > 0 ? (
                <div className="tags">
                  {thread.tags.map((tag) => (
                    <Tag key={tag} to={paths.tag(slug, tag)}>
                      {tag}
                    </Tag>
                  ))}
                </div>
              ) : undefined
            }
          />
          {request ? <RequestTally request={request} number={number} /> : null}
          {thread.polls.map((poll) => (
            <Poll key={poll.number} poll={poll} visitorMay={visitorMay} />
          ))}
          {idea ? (
            <>
              <VotePanel
                {...idea}
                number={number}
                voted={thread.opening.myVote === 1}
                own={thread.opening.mine}
                shipped={idea.status === 'shipped'}
                may={thread.opening.may.vote || visitorMay}
              />
              <Whys whys={idea.whys} />
            </>
          ) : null}
          <MergedQuestions merged={thread.merged} place={thread} visitorMay={visitorMay} of={of} />
          <div className="answers-h sect" id="answers">
            <h2>{say(idea ? 'idea.replies' : 'thread.answers', { count: thread.answerCount - waiting })}</h2>
            {thread.answerCount > 1 ? (
              <Sorts
                label={say('thread.sort')}
                items={[
                  {
                    to: repliesAt(thread, 'helpful', request?.cut ?? {}),
                    label: say('thread.sort.helpful'),
                    current: thread.order === 'helpful',
                  },
                  {
                    to: repliesAt(thread, 'newest', request?.cut ?? {}),
                    label: say('thread.sort.newest'),
                    current: thread.order === 'newest',
                  },
                ]}
              />
            ) : null}
          </div>
          {request ? <RepliesCut request={request} place={thread} order={thread.order} /> : null}
          <NewBar count={said} onShow={letIn} label={said > waiting ? say('thread.newPosts', { count: said }) : undefined} />
          {answers.map((answer) => (
            <PostArticle
              key={answer.postId}
              post={answer}
              kind="answer"
              of={of}
              place={thread}
              visitorMay={visitorMay}
              accepted={thread.accepted}
              above={request ? <Named named={request.named[answer.postId]} /> : null}
            />
          ))}
          <Pager
            newer={thread.firstPage ? null : repliesAt(thread, thread.order, request?.cut ?? {})}
            newerLabel={say('thread.first')}
            older={thread.next ? repliesAt(thread, thread.order, request?.cut ?? {}, thread.next) : null}
            olderLabel={say('thread.more')}
          />
          {may.answer || (visitorMay && !thread.hiddenBy) ? (
            <AnswerForm
              action={here}
              name={thread.me?.displayName ?? null}
              draft={thread.draft}
              files={thread.waitingFiles}
              threadId={thread.threadId}
              communityId={thread.communityId}
              drawn={thread.drawn}
              of={of}
            />
          ) : null}
        </div>
        <ThreadRail thread={thread}>
          <PrivateWay thread={thread} />
          <AskOfAsker thread={thread} />
          {idea ? <IdeaRail number={number} slug={slug} may={idea.may} forVendor={idea.may.voteOnBehalf} /> : null}
        </ThreadRail>
      </div>
    </Wrap>
  )
}

type Thread = ReturnType<typeof useLoaderData<typeof loader>>

/** Where the answers are, when the question was asked before. */
function AskedBefore({ thread }: { thread: Thread }) {
  const { duplicateOf: of, number, may } = thread
  if (!of) return null
  return (
    <Banner
      end={
        may.markDuplicate ? <ActionButton action={paths.endDuplicate(number)} label={say('thread.duplicate.undo')} size="sm" /> : undefined
      }
    >
      {sayRich('thread.duplicate.is', {
        title: of.title,
        question: (chunks) => <Link to={paths.thread(of.slug, of.number, of.title)}>{chunks}</Link>,
      })}
    </Banner>
  )
}
