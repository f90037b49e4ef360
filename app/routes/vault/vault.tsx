import { Link, useLoaderData } from '@remix-run/react'
import { AskObjection } from '~/app/components/agreements'
import { AskedCard, AttributeList, Folded, GrantCard, ReadingsTable, fieldInWords, nameOfField } from '~/app/components/vault'
import { Button, ButtonLink, Download, Empty, Eye, Icon, PageHead, Plus, PostForm, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { myObjection, sendsGlobalPrivacyControl } from '~/server/agreements'
import { askedOfMe, myVault, neverAskedOf } from '~/server/vault'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('vault.title') }) }]

export const loader = load(async ({ viewer, request }) => {
  const me = personOf(viewer)
  const [vault, asked, never, objection] = await Promise.all([myVault(me), askedOfMe(me), neverAskedOf(me), myObjection(me)])
  return { ...vault, asked, never, objection, sent: sendsGlobalPrivacyControl(request), handle: me.handle, personId: me.personId }
})

export default function VaultScreen() {
  const { asked, never, objection, sent, groups, fields, old, readable, vendors, missing, live, ended, readings, handle, personId } =
    useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  const seenBy = live[0]?.vendor ?? ended[0]?.vendor
  return (
    <Wrap>
      <PageHead
        title={say('vault.title')}
        lede={fields > 0 ? say('vault.lede', { fields, readable, vendors }) : say('vault.ledeEmpty')}
        end={
          <>
            <ButtonLink to={paths.delegates()} variant="quiet">
              {say('delegates.title')}
            </ButtonLink>
            <ButtonLink to={paths.attestations()} variant="quiet">
              {say('attestation.title')}
            </ButtonLink>
            <ButtonLink to={paths.terms()} variant="quiet">
              {say('agreement.title')}
            </ButtonLink>
            <ButtonLink to={paths.exportAll()} variant="quiet">
              <Icon of={Download} />
              {say('vault.export')}
            </ButtonLink>
            <ButtonLink to={seenBy ? paths.seenBy(seenBy.slug) : paths.seenAs('public')}>
              <Icon of={Eye} />
              {say('vault.seeMe')}
            </ButtonLink>
          </>
        }
      />
      <AskObjection objection={objection} sent={sent} />
      {asked.length > 0 ? (
        <Section title={say('vault.asked.title')} id="asked" className="mb-10">
          <div className="grid gap-3">
            {asked.map((request) => (
              <AskedCard key={request.id} request={request} />
            ))}
          </div>
        </Section>
      ) : null}
      <div className="cols gap-x-18 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <Section title={say('vault.keptHere')} side="member" id="kept">
          {fields === 0 ? (
            <Empty title={say('vault.empty')} level={3}>
              {say('vault.emptyWhy')}
            </Empty>
          ) : null}
          {old > 0 ? <p className="soft mb-4">{say('vault.old', { n: old })}</p> : null}
          <AttributeList groups={groups} handle={handle} />
          <div className="mt-7" id="add">
            <h3 className="pb-2 font-sans text-meta font-medium text-ink-faint">{say('vault.moreFields')}</h3>
            <ul className="flex flex-wrap gap-2">
              {[
                ...missing.map((key) => ({ to: paths.attribute(key), label: nameOfField(key) })),
                { to: paths.ownField(), label: say('vault.own.add') },
              ].map(({ to, label }) => (
                <li key={to}>
                  <ButtonLink to={to} size="sm">
                    <Icon of={Plus} size="sm" />
                    {label}
                  </ButtonLink>
                </li>
              ))}
            </ul>
          </div>
        </Section>
        <Section
          title={say('vault.whoReads')}
          side="vendor"
          id="grants"
          end={
            <ButtonLink to={paths.newGrant()} size="sm">
              <Icon of={Plus} size="sm" />
              {say('vault.giveGrant')}
            </ButtonLink>
          }
        >
          {live.length === 0 ? (
            <Empty title={say('vault.noGrants')} level={3}>
              {say('vault.noGrantsWhy')}
            </Empty>
          ) : null}
          {live.map((grant) => (
            <GrantCard key={grant.id} grant={grant} />
          ))}
          {ended.length > 0 ? (
            <Folded label={say('vault.endedGrants')} count={ended.length}>
              {ended.map((grant) => (
                <GrantCard key={grant.id} grant={grant} />
              ))}
            </Folded>
          ) : null}
          {never.length > 0 ? <NeverAsked never={never} /> : null}
        </Section>
      </div>
      <Section
        title={say('vault.reads')}
        id="readings"
        className="mt-16"
        end={
          readings.length > 0 ? (
            <Link className="meta" to={paths.readings()}>
              {say('vault.allReads')}
            </Link>
          ) : null
        }
      >
        <p className="soft">{say('vault.readsHow')}</p>
        {readings.length > 0 ? <ReadingsTable readings={readings} /> : <p className="meta mt-3">{say('vault.noReads')}</p>}
      </Section>
    </Wrap>
  )
}

function NeverAsked({ never }: { never: Awaited<ReturnType<typeof loader>>['never'] }) {
  return (
    <div id="never">
      <Folded label={say('vault.neverAsked')} count={never.reduce((count, { keys }) => count + keys.length, 0)}>
        <ul className="mt-2">
          {never.flatMap(({ vendor, keys }) =>
            keys.map((key) => (
              <li key={`${vendor.slug}:${key}`} className="flex flex-wrap items-center justify-between gap-3 border-t border-hairline py-2">
                <span>{say('vault.neverAsked.line', { vendor: vendor.name, what: fieldInWords(key) })}</span>
                <PostForm action={paths.mayAskAgain(key)} fields={{ vendor: vendor.slug }}>
                  <Button size="sm">{say('vault.neverAsked.allow', { vendor: vendor.name, what: fieldInWords(key) })}</Button>
                </PostForm>
              </li>
            )),
          )}
        </ul>
      </Folded>
    </div>
  )
}
