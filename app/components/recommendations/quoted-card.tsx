import { Byline } from '~/app/components/people'
import { PostBody } from '~/app/components/threads'
import { Hand, Icon, RelativeTime, ThumbsUp } from '~/app/components/ui'
import { sayRich } from '~/app/words'
import type { Quoted } from '~/server/recommendations'
import { hasWords, say } from '~/words'

type Props = { quote: Omit<Quoted, 'writtenAt'> & { writtenAt: Date | string } }

/** What somebody said on another site, under `page-vendor`: where it comes from at the side, the words as they were beside. */
export function QuotedCard({ quote: it }: Props) {
  const { source, sourceUrl, licence } = it
  const link = (chunks: React.ReactNode) =>
    sourceUrl ? (
      <a href={sourceUrl} rel="nofollow noopener external">
        {chunks}
      </a>
    ) : (
      chunks
    )
  const rating = say('quoted.rating', { rating: it.rating, scale: it.ratingScale })
  return (
    <article className="rec">
      <div className="ctx">
        {it.by ? (
          <Byline who={it.by}>
            {it.datedBy === 'year' ? (
              say('quoted.year', { year: String(new Date(it.writtenAt).getUTCFullYear()) })
            ) : (
              <RelativeTime at={it.writtenAt} />
            )}
          </Byline>
        ) : null}
        <p className="meta">
          <span className="block wrap-anywhere">{sayRich('quoted.imported', { source: link, name: source, licence })}</span>
          {Object.entries(it.about).map(([key, value]) =>
            hasWords(`quoted.about.${key}`) ? (
              <span className="block wrap-anywhere" key={key}>
                {say(`quoted.about.${key}` as 'quoted.about.role', { value })}
              </span>
            ) : null,
          )}
          <b className="strong block">{say('quoted.evidence')}</b>
        </p>
      </div>
      <div className="min-w-0">
        <h2 className="wrap-anywhere" dir="auto">
          {it.title || rating}
        </h2>
        <p className="meta mb-2 flex flex-wrap gap-x-4">
          {it.title ? <b className="strong num">{rating}</b> : null}
          <span>{sayRich('recommendation.card.of', { name: it.product.name, product: (chunks) => <bdi>{chunks}</bdi> })}</span>
        </p>
        {it.html ? <PostBody html={it.html} /> : null}
        <div className="pros">
          {it.whatIsGood ? <Point icon={ThumbsUp} label={say('recommendation.card.good')} text={it.whatIsGood} /> : null}
          {it.whatIsNot ? <Point icon={Hand} label={say('recommendation.card.notGood')} text={it.whatIsNot} /> : null}
          {it.advice ? <Point label={say('quoted.advice')} text={it.advice} /> : null}
        </div>
        {it.reply ? (
          <div className="vreply">
            <p className="meta">{say('quoted.reply')}</p>
            <p className="mt-1.5 wrap-anywhere whitespace-pre-line" dir="auto">
              {it.reply}
            </p>
          </div>
        ) : null}
      </div>
    </article>
  )
}

function Point({ icon, label, text }: { icon?: typeof Hand; label: string; text: string }) {
  return (
    <p>
      {icon ? <Icon of={icon} /> : <span />}
      <span className="wrap-anywhere whitespace-pre-line">
        <span className="hush">{label}: </span>
        <bdi>{text}</bdi>
      </span>
    </p>
  )
}
