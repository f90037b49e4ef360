import { Link } from '@remix-run/react'
import { Byline, Who } from '~/app/components/people'
import { disclosureOf, type CardRecommendation } from '~/app/components/recommendations'
import { PostBody } from '~/app/components/threads'
import { CircleCheck, Empty, Hand, Icon, State, ThumbsUp } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import type { HandleInfo } from '~/server/viewer'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export type QuestionShown = {
  number: number
  slug: string
  communityName: string
  title: string
  answerCount: number
  createdAt: Date | string
  questionHtml: string
  answerHtml: string
  asker: HandleInfo
  answerer: HandleInfo
}

const personOf = (who: HandleInfo) => (who.handle ? paths.person(who.handle) : undefined)

/** One solved question with the answer that its asker accepted. */
export function QuestionWorthReading({ question }: { question: QuestionShown | null }) {
  if (!question)
    return (
      <article className="sect">
        <p className="label">{say('home.question')}</p>
        <Empty title={say('home.question.none')}>{say('home.question.none.why')}</Empty>
      </article>
    )
  const { slug, number, title, communityName, answerCount, createdAt, questionHtml, answerHtml, asker, answerer } = question
  const address = paths.thread(slug, number, title)
  return (
    <article className="sect">
      <div className="kick">
        <p className="label">{say('home.question')}</p>
        <State kind="ok" icon={CircleCheck}>
          {say('home.question.solved')}
        </State>
      </div>
      <h2 className="title" dir="auto">
        <Link to={address} prefetch="intent">
          {title}
        </Link>
      </h2>
      <p className="meta">
        <Who who={asker} to={personOf(asker)} short />{' '}
        {sayRich('home.question.where', {
          community: communityName,
          day: sayDay(createdAt),
          place: (chunks) => <Link to={paths.community(slug)}>{chunks}</Link>,
        })}
      </p>
      <PostBody brief html={questionHtml} />
      <div className="ans">
        <Byline who={answerer} to={personOf(answerer)} short>
          {say('home.question.accepted', { name: asker.displayName })}
        </Byline>
        <PostBody brief html={answerHtml} />
        <p>
          <Link className="underline" to={address}>
            {say('home.question.read', { others: Math.max(0, answerCount - 1) })}
          </Link>
        </p>
      </div>
    </article>
  )
}

/** The newest recommendation, with what its author is to the vendor, what they got and who asked them. */
export function RecommendationWorthReading({ recommendation: it }: { recommendation: CardRecommendation | null }) {
  if (!it)
    return (
      <article className="sect">
        <p className="label">{say('home.recommendation')}</p>
        <Empty title={say('home.recommendation.none')}>{say('home.recommendation.none.why')}</Empty>
      </article>
    )
  return (
    <article className="sect">
      <div className="kick">
        <p className="label">{say('home.recommendation')}</p>
        <Link className="meta" to={paths.vendor(it.vendor.slug)}>
          <bdi>{it.product.name}</bdi>
        </Link>
      </div>
      <h2 className="title" dir="auto">
        <Link to={paths.recommendation(it.id)} prefetch="intent">
          {say('recommendation.card.headline', { headline: it.headline })}
        </Link>
      </h2>
      <p className="meta">
        <Who who={it.by} to={personOf(it.by)} short /> {say(`recommendation.verdict.${it.verdict}`)}.{' '}
        {say(`recommendation.time.${it.timeUsed}`)}.
      </p>
      <div className="prose">
        <p className="line-clamp-6 whitespace-pre-line" dir="auto">
          {it.useCase}
        </p>
      </div>
      <div className="for">
        <Point icon={ThumbsUp} title={say('home.recommendation.good')} text={it.whatIsGood} />
        <Point icon={Hand} title={say('home.recommendation.notGood')} text={it.whatIsNot} />
      </div>
      <p className="disc">
        {[...disclosureOf(it), ...(it.evidence ? [say(`recommendation.evidence.${it.evidence}`)] : [])].map((line) => `${line}.`).join(' ')}
        {it.reply ? ` ${say('home.recommendation.replied', { vendor: it.vendor.name })}` : null}
      </p>
    </article>
  )
}

function Point({ icon, title, text }: { icon: typeof Hand; title: string; text: string }) {
  return (
    <div>
      <h3>
        <Icon of={icon} />
        {title}
      </h3>
      <p className="line-clamp-5 whitespace-pre-line" dir="auto">
        {text}
      </p>
    </div>
  )
}
