import { Link } from '@remix-run/react'
import type { Act } from '~/server/accounts'
import type { Eyes } from '~/server/seen'
import type { GrantedValue } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import type { HandleInfo } from '~/server/viewer'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'
import { ActRows, Who } from '../people'
import { PostBody } from '../threads'
import { Banner, Icon, Lock, PageHead, Section, Tabs, Wrap } from '../ui'
import { nameOfField, purposeInWords } from './fields'

type Granted = { purposes: { purpose: Purpose; values: Pick<GrantedValue, 'key' | 'label' | 'value' | 'until'>[] }[]; withheld: string[] }
type Props = {
  eyes: Eyes
  vendor: { slug: string; name: string } | null
  who: HandleInfo
  about: string
  acts: Act[]
  more: boolean
  granted: Granted | null
  vendors: { slug: string; name: string }[]
}

/** A person as others see them, with the way from one pair of eyes to another. */
export function SeenPage({ eyes, vendor, who, about, acts, more, granted, vendors }: Props) {
  const theirs = vendor ?? vendors[0]
  const name = vendor?.name ?? ''
  return (
    <Wrap>
      <div className="pt-6">
        <Banner end={<Link to={paths.vault()}>{say('vault.seen.leave')}</Link>}>
          {say(`vault.seen.banner.${eyes}`, { vendor: name })}
        </Banner>
      </div>
      <PageHead title={say(`vault.seen.title.${eyes}`, { vendor: name })} lede={say('vault.seen.lede')} />
      <Tabs
        label={say('vault.seen.eyes')}
        items={[
          { to: paths.seenAs('public'), label: say('vault.seen.eyes.public') },
          { to: paths.seenAs('member'), label: say('vault.seen.eyes.member') },
          ...(theirs
            ? (['advisor', 'moderator'] as const).map((role) => ({
                to: paths.seenBy(theirs.slug, role),
                label: say(`vault.seen.eyes.${role}`, { vendor: theirs.name }),
                current: role === eyes,
              }))
            : []),
        ]}
      />
      <div className="mt-8 grid max-w-[40rem] gap-9">
        <Section title={say('vault.seen.handle')} id="public">
          <Who who={who} />
          {about ? (
            <div className="mt-3">
              <PostBody html={about} />
            </div>
          ) : null}
        </Section>
        {granted ? <Shared {...granted} /> : null}
        <Section title={say('vault.seen.acts')} id="acts">
          {acts.length === 0 ? <p className="soft">{say('vault.seen.acts.none')}</p> : <ActRows acts={acts} />}
          {more ? <p className="meta mt-2">{say('vault.seen.acts.more')}</p> : null}
        </Section>
        {vendors.some(({ slug }) => slug !== vendor?.slug) ? (
          <Section title={say('vault.seen.another')} id="others">
            <ul className="flex flex-wrap gap-x-5 gap-y-1">
              {vendors
                .filter(({ slug }) => slug !== vendor?.slug)
                .map((each) => (
                  <li key={each.slug}>
                    <Link to={paths.seenBy(each.slug)}>{each.name}</Link>
                  </li>
                ))}
            </ul>
          </Section>
        ) : null}
        <p>
          <Link to={paths.myRelationships()}>{say('vault.seen.record')}</Link>
        </p>
      </div>
    </Wrap>
  )
}

function Shared({ purposes, withheld }: Granted) {
  return (
    <>
      {purposes.length === 0 ? <p className="soft">{say('vault.seen.nothing')}</p> : null}
      {purposes.map(({ purpose, values }) => (
        <Section key={purpose} side="vendor" title={say('vault.seen.granted', { purpose: purposeInWords(purpose) })} id={purpose}>
          <dl className="facts facts-wide">
            {values.map((value) => (
              <div key={value.key}>
                <dt>{nameOfField(value.key, value.label)}</dt>
                <dd className="wrap-anywhere">
                  <bdi>{value.value}</bdi>
                  <span className="meta">{say('vault.until', { date: sayChosenDay(value.until) })}</span>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
      <Section title={say('vault.seen.withheld')} id="withheld">
        <dl className="facts facts-wide">
          {withheld.map((key) => (
            <div key={key}>
              <dt>{nameOfField(key)}</dt>
              <dd className="font-normal! text-ink-faint">
                <Icon of={Lock} size="sm" /> {say('vault.withheld')}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  )
}
