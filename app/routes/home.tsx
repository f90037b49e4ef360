import { Link, useLoaderData } from '@remix-run/react'
import { RoomTable } from '~/app/components/communities'
import { OneRecord, QuestionWorthReading, RecommendationWorthReading } from '~/app/components/home'
import { VendorList } from '~/app/components/vendors'
import { ButtonLink, Empty, RelativeTime, Section, Wrap } from '~/app/components/ui'
import { ruleWords } from '~/app/components/moderation'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayRich } from '~/app/words'
import { handlesShown } from '~/server/accounts'
import { communityDirectory } from '~/server/communities'
import { logAtAGlance } from '~/server/moderation'
import { newestRecommendation } from '~/server/recommendations'
import { questionWorthReading } from '~/server/threads'
import { vendorDirectory } from '~/server/vendors'
import { say, sayNumber } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const loader = load(async ({ viewer }) => {
  const [question, recommendation, rooms, vendors, log] = await Promise.all([
    questionWorthReading(viewer),
    newestRecommendation(viewer),
    communityDirectory(viewer, { limit: 8 }),
    vendorDirectory({ limit: 6 }),
    logAtAGlance(viewer, 3),
  ])
  const names = await handlesShown([...(question?.handles ?? []), ...(recommendation?.handles ?? [])])
  return {
    question: question?.named(names) ?? null,
    recommendation: recommendation?.named(names) ?? null,
    rooms,
    vendors,
    ...log,
    signedIn: viewer.kind === 'person',
    mayOpen: viewer.kind === 'person' && viewer.isOperator,
  }
})

export const meta: MetaFunction = ({ matches }) =>
  toBeFound({ matches, title: say('home.title'), description: say('home.lede'), path: paths.home(), feed: paths.portalFeed() })

export default function HomeScreen() {
  const { question, recommendation, rooms, vendors, mayOpen } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-front">
      <Mast />
      <OneRecord />
      <div className="cols cols-half two">
        <QuestionWorthReading question={question} />
        <RecommendationWorthReading recommendation={recommendation} />
      </div>
      <section className="rooms sect" aria-labelledby="rooms">
        <div className="sect-head">
          <h2 id="rooms">{say('home.communities')}</h2>
          <Link className="meta" to={paths.communities()}>
            {say('home.communities.all')}
          </Link>
        </div>
        {rooms.length > 0 ? (
          <RoomTable rooms={rooms} />
        ) : (
          <Empty
            level={3}
            title={say('communities.none')}
            action={mayOpen ? <ButtonLink to={paths.newCommunity()}>{say('communities.none.operator')}</ButtonLink> : null}
          >
            {say('communities.none.why')}
          </Empty>
        )}
      </section>
      <section className="rooms sect sect-v" aria-labelledby="vendors">
        <div className="sect-head">
          <h2 id="vendors">{say('home.vendors')}</h2>
          <Link className="meta" to={paths.vendors()}>
            {say('home.vendors.all')}
          </Link>
        </div>
        {vendors.length > 0 ? (
          <VendorList vendors={vendors} level={3} />
        ) : (
          <Empty
            level={3}
            title={say('vendors.none')}
            action={mayOpen ? <ButtonLink to={paths.newVendor()}>{say('vendors.none.operator')}</ButtonLink> : null}
          >
            {say('vendors.none.why')}
          </Empty>
        )}
      </section>
      <Honest />
    </Wrap>
  )
}

function Mast() {
  const { rooms, signedIn } = useLoaderData<typeof loader>()
  const own = rooms.filter((room) => room.member)
  return (
    <section className="cols cols-75 mast">
      <div>
        <h1 className="display">{say('home.title')}</h1>
        <p className="lede">{say('home.lede')}</p>
        <p className="genre">{sayRich('home.genre', { b: (chunks) => <b>{chunks}</b> })}</p>
      </div>
      {signedIn ? (
        <div className="join">
          <h2 className="label">{say('home.yours')}</h2>
          {own.length > 0 ? (
            <ul className="grid gap-2">
              {own.map((room) => (
                <li key={room.slug}>
                  <Link className="font-serif text-prose no-underline hover:underline" to={paths.community(room.slug)}>
                    <bdi>{room.name}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          ) : (
            <p className="help">{say('home.yours.none')}</p>
          )}
        </div>
      ) : (
        <div className="join">
          <p className="help">{say('home.join.how')}</p>
          <div className="btns">
            <ButtonLink variant="primary" to={paths.signUp()}>
              {say('home.join')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.signIn()}>
              {say('home.signIn')}
            </ButtonLink>
          </div>
        </div>
      )}
    </section>
  )
}

function Honest() {
  const { decisions, counts } = useLoaderData<typeof loader>()
  return (
    <section className="honest sect sect-i" aria-labelledby="honest">
      <div className="sect-head">
        <h2 id="honest">{say('home.honest')}</h2>
        <Link to={paths.moderationLog()} className="meta">
          {say('home.honest.log')}
        </Link>
      </div>
      <p className="lede">{say('home.honest.lede')}</p>
      {counts.flagged + counts.left + counts.removed > 0 ? (
        <dl>
          <Count of={counts.flagged}>{say('home.honest.flagged', { days: counts.days })}</Count>
          <Count of={counts.left}>{say('home.honest.left')}</Count>
          <Count of={counts.removed}>{say('home.honest.removed')}</Count>
        </dl>
      ) : null}
      {decisions.length > 0 ? (
        <Section title={say('home.honest.newest')} id="newest" level={3} thin className="mt-8">
          <ul className="rows">
            {decisions.map((decision) => (
              <li key={decision.id} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3">
                <Link className="hover:underline" to={paths.decision(decision.id)}>
                  {ruleWords(decision.rule)}
                </Link>
                <span className="meta">
                  <bdi>{(decision.community ?? decision.vendor)?.name}</bdi> <RelativeTime at={decision.decidedAt} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : (
        <p className="meta mt-4">{say('home.honest.none')}</p>
      )}
    </section>
  )
}

function Count({ of, children }: { of: number; children: React.ReactNode }) {
  return (
    <div>
      <dt>{children}</dt>
      <dd>{sayNumber(of)}</dd>
    </div>
  )
}
