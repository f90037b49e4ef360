import { Link } from '@remix-run/react'
import { disclosureOf } from '~/app/components/recommendations'
import { paths } from '~/app/paths'
import type { NamedShown } from '~/server/peers'
import type { Cut, INDUSTRIES, ORGANISATION_SIZES } from '~/server/recommendations/types'
import { say } from '~/words'
import { ButtonLink, Section } from '../ui'

export type Size = (typeof ORGANISATION_SIZES)[number]
export type Industry = (typeof INDUSTRIES)[number]
export type Request = {
  organisationSize: Size | null
  industry: Industry | null
  mustHaves: string
  budget: string
  tally: { vendorSlug: string | null; name: string; count: number; alike: number }[]
  replies: { all: number; found: number; size: number; industry: number; both: number }
  cut: Cut
  may: { name: boolean }
}

/** What somebody has to know to say whom they would use, above the words of the request. */
export function RequestFacts({ request: it }: { request: Request }) {
  const facts = [
    [say('cut.size'), it.organisationSize ? say(`recommendation.size.${it.organisationSize}`) : ''],
    [say('cut.industry'), it.industry ? say(`recommendation.industry.${it.industry}`) : ''],
    [say('request.field.mustHaves'), it.mustHaves],
    [say('request.field.budget'), it.budget],
  ].filter(([, value]) => value)
  if (facts.length === 0) return null
  return (
    <dl className="details" aria-label={say('request.facts')}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd dir="auto" className="wrap-anywhere whitespace-pre-line">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** How many name whom, and the way to name another. */
export function RequestTally({ request: { tally, organisationSize, industry, may }, number }: { request: Request; number: number }) {
  const compared = tally.flatMap(({ vendorSlug }) => (vendorSlug ? [vendorSlug] : [])).slice(0, 4)
  const likened = organisationSize !== null || industry !== null
  return (
    <Section title={say('request.tally')} id="named" side="member" className="my-8">
      {tally.length === 0 ? (
        <p className="meta">{say('request.tally.none')}</p>
      ) : (
        <>
          <p className="meta">{say('request.tally.why')}</p>
          <table className="tbl tbl-tight mt-2 w-full">
            <caption className="hush">{say('request.tally')}</caption>
            <thead>
              <tr>
                <th scope="col" className="text-start">
                  {say('request.tally.vendor')}
                </th>
                <th scope="col" className="r">
                  {say('request.tally.by')}
                </th>
                {likened ? (
                  <th scope="col" className="r">
                    {say('request.tally.alike')}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {tally.map(({ vendorSlug, name, count, alike }) => (
                <tr key={vendorSlug ?? name}>
                  <th scope="row">
                    {vendorSlug ? (
                      <Link to={paths.vendor(vendorSlug)}>
                        <bdi>{name}</bdi>
                      </Link>
                    ) : (
                      <>
                        <bdi>{name}</bdi> <span className="meta">{say('request.unlisted')}</span>
                      </>
                    )}
                  </th>
                  <td className="r num">{count}</td>
                  {likened ? <td className="r num">{alike}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <div className="btns mt-4">
        {may.name ? <ButtonLink to={paths.nameVendor(number)}>{say('request.name.title')}</ButtonLink> : null}
        {compared.length > 1 ? <ButtonLink to={paths.compare(compared)}>{say('request.compare')}</ButtonLink> : null}
      </div>
    </Section>
  )
}

/** Whom an answer names, and what its author is to them. */
export function Named({ named: it }: { named: NamedShown | undefined }) {
  if (!it) return null
  return (
    <div className="mb-3">
      <p className="strong">
        {it.vendorSlug ? (
          <Link to={paths.vendor(it.vendorSlug)}>
            <bdi>{it.name}</bdi>
          </Link>
        ) : (
          <bdi>{it.name}</bdi>
        )}
        {it.product ? (
          <>
            {', '}
            <bdi>{it.product}</bdi>
          </>
        ) : null}
      </p>
      <p className="meta flex flex-wrap gap-x-4">
        {it.vendorSlug ? null : <span>{say('request.unlisted')}</span>}
        {disclosureOf(it).map((line) => (
          <span key={line}>{line}</span>
        ))}
        {it.organisationSize ? <span>{say(`recommendation.size.${it.organisationSize}`)}</span> : null}
        {it.industry ? <span>{say(`recommendation.industry.${it.industry}`)}</span> : null}
        {it.authorRole ? <span>{say(`recommendation.role.${it.authorRole}`)}</span> : null}
        <span>{say(`recommendation.evidence.${it.evidence}`)}</span>
      </p>
      {it.counted ? null : <p className="meta strong">{say('request.uncounted')}</p>}
    </div>
  )
}
