import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Portrait } from '~/app/components/people'
import { CutForm, CutVerdict, ProductScore, RecommendationCard, Verdicts } from '~/app/components/recommendations'
import { CategoryLinks, Moderated, ResponseTimes, StaffDirectory } from '~/app/components/vendors'
import { Building2, ButtonLink, Crumbs, Empty, Globe, Icon, Pager, Section, UsersRound, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { cutFrom, verdictsOf } from '~/server/recommendations'
import { referenceCounts } from '~/server/peers'
import { vendorPage } from '~/server/vendors'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const vendor = await vendorPage(viewer, params.slug ?? '')
  const cursor = url.searchParams.get('cursor')
  const cut = cutFrom(url.searchParams)
  const [verdicts, references] = await Promise.all([
    verdictsOf(viewer, vendor.vendorId, { cursor, cut }),
    // Beside all of them; a cut is a question of its own.
    Object.keys(cut).length > 0 ? null : referenceCounts(viewer, vendor.vendorId),
  ])
  return { vendor, verdicts, references, cursor, cut }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({ matches, title: data.vendor.name, description: data.vendor.summary, path: paths.vendor(data.vendor.slug) })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function VendorScreen() {
  const { vendor, verdicts, cursor, cut } = useLoaderData<typeof loader>()
  const { slug, name, products, productCount, may } = vendor
  useLive([`vendor:${vendor.vendorId}`])
  return (
    <Wrap className="page-vendor">
      <Crumbs items={[{ to: paths.vendors(), label: say('vendors.title') }]} />
      <Head />
      <div className="cols cols-rail">
        <div className="min-w-0">
          <section className="sec">
            <h2>{say('vendors.products')}</h2>
            {products.length === 0 ? (
              <p className="text-ink-soft">{say('vendors.products.none')}</p>
            ) : (
              <div className="products">
                {products.map((product) => (
                  <div key={product.slug}>
                    <h3>
                      <bdi>{product.name}</bdi>
                    </h3>
                    <p dir="auto">{product.summary}</p>
                    <CategoryLinks of={product.categories} />
                    <ProductScore score={verdicts.products[product.slug]} />
                    {may.defineAskForm ? (
                      <p className="meta">
                        <Link
                          className="underline"
                          to={paths.askForm(slug, product.slug)}
                          aria-label={say('askForm.edit.spoken', { product: product.name })}
                        >
                          {say('askForm.edit')}
                        </Link>
                      </p>
                    ) : null}
                  </div>
                ))}
              </div>
            )}
            {productCount > products.length ? (
              <p className="meta mt-3">{say('vendors.products.left', { count: productCount - products.length })}</p>
            ) : null}
          </section>
          <section className="sec sect" aria-labelledby="say">
            <div className="sect-head">
              <h2 id="say">{say('vendors.say', { name })}</h2>
              <Link className="meta" to={`${paths.method()}#score`}>
                {say('vendors.method')}
              </Link>
            </div>
            {verdicts.written === 0 ? (
              <Empty
                level={3}
                title={say('vendors.say.none')}
                action={
                  may.recommend && products.length > 0 ? (
                    <ButtonLink to={paths.recommend(slug)}>{say('vendors.recommend')}</ButtonLink>
                  ) : null
                }
              >
                {say('vendors.say.none.why')}
              </Empty>
            ) : (
              <Verdicts verdicts={verdicts} />
            )}
            {verdicts.published > 0 ? <CutForm to={`${paths.vendor(slug)}#say`} cut={cut} lede={say('cut.lede')} /> : null}
            {verdicts.cut ? <CutVerdict of={verdicts.cut} none={verdicts.cards.length === 0 && !cursor} /> : null}
            <div className="mt-6">
              {verdicts.cards.map((card) => (
                <RecommendationCard key={card.id} recommendation={card} />
              ))}
            </div>
            <Pager
              newer={cursor ? paths.vendor(slug, cut) : null}
              older={verdicts.older ? paths.vendor(slug, { ...cut, cursor: verdicts.older }) : null}
            />
          </section>
        </div>
        <Rail />
      </div>
    </Wrap>
  )
}

function Head() {
  const { name, slug, summary, website, staff, communities, may, products } = useLoaderData<typeof loader>().vendor
  const members = communities.reduce((sum, room) => sum + room.memberCount, 0)
  return (
    <header className="vhead">
      <Portrait name={name} side="vendor" size="lg" />
      <div>
        <h1 className="display leading-[1.1]">
          <bdi>{name}</bdi>
        </h1>
        <p className="lede" dir="auto">
          {summary}
        </p>
        <p className="vfacts meta">
          <span>
            <Icon of={Building2} size="sm" /> {say('vendors.staffCount', { count: staff.length })}
          </span>
          {communities.length > 0 ? (
            <span>
              <Icon of={UsersRound} size="sm" /> {say('vendors.roomMembers', { count: members })}
            </span>
          ) : null}
          {website ? (
            <a href={website} rel="nofollow noopener">
              <Icon of={Globe} size="sm" /> {say('vendors.website')}
            </a>
          ) : null}
        </p>
      </div>
      <div className="btns">
        {may.manage ? <ButtonLink to={paths.operateVendor(slug)}>{say('vendors.manage')}</ButtonLink> : null}
        {may.seePeople ? <ButtonLink to={paths.relationships(slug)}>{say('vendors.people')}</ButtonLink> : null}
        {may.seePeople ? <ButtonLink to={paths.accounts(slug)}>{say('account.title')}</ButtonLink> : null}
        {may.seePeople ? <ButtonLink to={paths.contacts(slug)}>{say('contact.title')}</ButtonLink> : null}
        <ButtonLink variant="quiet" to={paths.compare([slug])}>
          {say('compare.with')}
        </ButtonLink>
        {may.grant ? <ButtonLink to={paths.newGrant(slug)}>{say('vendors.share')}</ButtonLink> : null}
        {may.recommend && products.length > 0 ? (
          <ButtonLink variant="primary" to={paths.recommend(slug)}>
            {say('vendors.recommend')}
          </ButtonLink>
        ) : null}
      </div>
    </header>
  )
}

function Rail() {
  const { vendor, references } = useLoaderData<typeof loader>()
  const { slug, name, staff, communities, responses, hasQuotes, hasDraws, moderated, may } = vendor
  return (
    <aside className="rail" aria-label={name}>
      <Section title={say('vendors.ask')} id="ask" side="vendor">
        {staff.length === 0 ? <p className="meta">{say('vendors.ask.none', { name })}</p> : <StaffDirectory staff={staff} />}
        {may.claim ? (
          <p className="meta mt-2">
            <Link to={paths.claimVendor(slug)}>{say('claim.link', { name })}</Link>
          </p>
        ) : null}
      </Section>
      <p className="meta">
        <Link to={paths.vendorTerms(slug)}>{say('agreement.vendor.link')}</Link> ·{' '}
        <Link to={paths.hours(slug)}>{say('calendar.link')}</Link>
      </p>
      <Section title={say('vendors.rooms')} id="rooms" side="vendor">
        {communities.length === 0 ? (
          <p className="meta">{say('vendors.rooms.none')}</p>
        ) : (
          <ul className="grid gap-3">
            {communities.map((room) => (
              <li key={room.slug}>
                <Link className="font-serif text-[1.0625rem] font-semibold no-underline hover:underline" to={paths.community(room.slug)}>
                  <bdi>{room.name}</bdi>
                </Link>
                <p className="meta num">{say('communities.about.counts', { members: room.memberCount, threads: room.threadCount })}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={say('vendors.times')} id="times" side="vendor">
        <ResponseTimes responses={responses} />
      </Section>
      {references ? (
        <Section title={say('reference.counts')} id="references" side="vendor">
          <p>{say('reference.counts.asked', { count: references.asked ?? -1 })}</p>
          <p>{say('reference.counts.given', { count: references.accepted ?? -1 })}</p>
          <p className="meta mt-2">{say('reference.counts.why')}</p>
        </Section>
      ) : null}
      {hasQuotes ? (
        <Section title={say('quoted.heading')} id="quoted" side="independent">
          <p className="soft">{say('quoted.why')}</p>
          <p className="meta mt-2">
            <Link to={paths.quoted(slug)}>{say('quoted.see')}</Link>
          </p>
        </Section>
      ) : null}
      {hasDraws || may.draw ? (
        <Section title={say('draw.list')} id="asked" side="independent">
          <p>
            <Link to={paths.draws(slug)}>{say('draw.see')}</Link>
          </p>
        </Section>
      ) : null}
      <Section title={say('vendors.moderated')} id="moderated" side="independent">
        <p className="soft">{say('vendors.moderated.why', { name })}</p>
        {communities.length > 0 ? (
          <div className="mt-3">
            <p className="meta">{say('vendors.moderated.rooms')}</p>
            <Moderated {...moderated} />
          </div>
        ) : null}
        <p className="meta mt-2">
          <Link to={paths.moderationLog()}>{say('vendors.moderated.log')}</Link>
        </p>
      </Section>
    </aside>
  )
}
