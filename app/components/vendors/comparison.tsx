import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { IntervalDot } from '~/app/components/charts'
import { Disputed, NotInIt, ProductScore, evidenceOf, sourcesOf } from '~/app/components/recommendations'
import { paths } from '~/app/paths'
import type { Compared } from '~/server/recommendations/types'
import { say } from '~/words'
import { Moderated } from './moderated'
import { ResponseTimes, type ResponsesShown } from './response-times'

export type ComparedVendor = {
  slug: string
  name: string
  summary: string
  products: { slug: string; name: string }[]
  responses: ResponsesShown | null
  moderated: Parameters<typeof Moderated>[0]
  verdicts: Compared
}

const oneDigit = (value: number) => value.toFixed(1)

/** Two to four vendors, a column each; every line of the table says the same thing of all. Stands under `page-vendor`. */
export function Comparison({ vendors }: { vendors: ComparedVendor[] }) {
  const slugs = vendors.map(({ slug }) => slug)
  const scored = vendors.some(({ verdicts }) => verdicts.estimate)
  const line = (title: string, cell: (vendor: ComparedVendor) => ReactNode, why?: ReactNode) => (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={vendors.length} className="border-b-0 pt-6 pb-0">
          <span className="label">{title}</span>
          {why ? <span className="meta block max-w-[72ch]">{why}</span> : null}
        </th>
      </tr>
      <tr>
        {vendors.map((vendor) => (
          <td key={vendor.slug}>{cell(vendor)}</td>
        ))}
      </tr>
    </tbody>
  )
  return (
    <div className="tbl-wrap" role="region" aria-label={say('compare.caption')} tabIndex={0}>
      <table className="tbl w-full table-fixed" style={{ minWidth: `${vendors.length * 9}rem` }}>
        <caption className="hush">{say('compare.caption')}</caption>
        <thead>
          <tr>
            {vendors.map((vendor) => (
              <th scope="col" key={vendor.slug} className="text-start">
                <Link
                  className="font-serif text-[1.0625rem] font-semibold text-ink no-underline hover:underline"
                  to={paths.vendor(vendor.slug)}
                >
                  <bdi>{vendor.name}</bdi>
                </Link>{' '}
                <Link
                  className="block"
                  to={paths.compare(slugs.filter((slug) => slug !== vendor.slug))}
                  aria-label={say('compare.remove.spoken', { name: vendor.name })}
                >
                  {say('compare.remove')}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        {line(
          say('compare.score'),
          ({ verdicts }) => (
            <ScoreOf verdicts={verdicts} />
          ),
          <Link to={`${paths.method()}#score`}>{say('vendors.method')}</Link>,
        )}
        {scored ? line(say('compare.dimensions'), (vendor) => <Dimensions of={vendor} />) : null}
        {scored ? line(say('recommendation.split.source'), ({ verdicts }) => <Parts of={sourcesOf(verdicts.sources)} />) : null}
        {scored ? line(say('recommendation.split.evidence'), ({ verdicts }) => <Parts of={evidenceOf(verdicts.evidence)} />) : null}
        {line(say('compare.notInIt'), ({ verdicts }) => (
          <div className="[&>:first-child]:mt-0">
            <NotInIt of={verdicts} />
            <Disputed of={verdicts.disputed} />
          </div>
        ))}
        {line(say('compare.products'), ({ products, verdicts }) =>
          products.length === 0 ? (
            <p className="meta">{say('vendors.products.none')}</p>
          ) : (
            <ul className="grid gap-3">
              {products.slice(0, MOST_PRODUCTS).map((product) => (
                <li key={product.slug}>
                  <bdi>{product.name}</bdi>
                  <ProductScore score={verdicts.products[product.slug]} />
                </li>
              ))}
            </ul>
          ),
        )}
        {line(say('vendors.times'), ({ responses }) => (
          <ResponseTimes responses={responses} />
        ))}
        {line(
          say('compare.moderated'),
          ({ moderated }) => (
            <Moderated {...moderated} />
          ),
          say('compare.moderated.why'),
        )}
        {line(say('compare.lines'), ({ verdicts: { lines } }) =>
          lines.length === 0 ? (
            <p className="meta">{say('compare.lines.none')}</p>
          ) : (
            <ul className="grid gap-3">
              {lines.map(({ id, headline, verdict, product }) => (
                <li key={id}>
                  <Link to={paths.recommendation(id)}>
                    <bdi>{say('recommendation.card.headline', { headline })}</bdi>
                  </Link>
                  <span className="meta block">
                    {say(`recommendation.verdict.${verdict}`)} · <bdi>{product}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          ),
        )}
      </table>
    </div>
  )
}

const MOST_PRODUCTS = 8

function ScoreOf({ verdicts: { estimate, n, organisations } }: { verdicts: Compared }) {
  if (estimate)
    return (
      <>
        <p className="est">
          <b>{oneDigit(estimate.estimate)}</b>
          <span className="num">{say('recommendation.score.between', { low: oneDigit(estimate.low), high: oneDigit(estimate.high) })}</span>
        </p>
        <IntervalDot {...estimate} />
        <p className="meta">{say('recommendation.score.of', { n, organisations })}</p>
      </>
    )
  if (n === 0) return <p className="meta">{say('compare.score.none')}</p>
  return (
    <p className="meta">
      <b className="strong">{say('recommendation.score.few')}</b> {say('recommendation.score.few.why', { n, organisations })}
    </p>
  )
}

function Dimensions({ of: { verdicts } }: { of: ComparedVendor }) {
  if (!verdicts.estimate) return <p className="meta">{say('recommendation.score.few')}</p>
  return (
    <dl className="grid gap-3">
      {(['ease', 'support', 'value'] as const).map((name) => {
        const estimate = verdicts.dimensions[name]
        return (
          <div key={name}>
            <dt className="meta">{say(`recommendation.dimension.${name}`)}</dt>
            <dd className="num">
              {estimate ? (
                <>
                  <b className="strong">{oneDigit(estimate.estimate)}</b>{' '}
                  <span className="meta">
                    {say('recommendation.score.range', { low: oneDigit(estimate.low), high: oneDigit(estimate.high) })},{' '}
                    {say('recommendation.score.n', { n: estimate.n })}
                  </span>
                </>
              ) : (
                <span className="meta">{say('compare.dimension.few')}</span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** How many of what; nothing where there is no score, since each would be of a few people. */
function Parts({ of }: { of: { label: string; count: number }[] }) {
  if (of.length === 0) return <p className="meta">{say('recommendation.score.few')}</p>
  return (
    <dl className="grid gap-1">
      {of.map(({ label, count }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-3">
          <dt className="meta">{label}</dt>
          <dd className="num">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
