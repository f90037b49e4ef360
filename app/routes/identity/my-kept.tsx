import { Link, useLoaderData } from '@remix-run/react'
import { Part, Unfold } from '~/app/components/relationships'
import { CorrectKeptForm } from '~/app/components/identity'
import { Button, ButtonLink, Empty, Facts, PageHead, PostForm, Section, Wrap, type Fact } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { keptAboutMe } from '~/server/identity'
import { say } from '~/words'
import { sayPlace } from '~/words/countries'
import { sayChosenDay, sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('kept.title') }) }]

export const loader = load(async ({ viewer }) => ({ kept: await keptAboutMe(personOf(viewer)) }))

type Kept = Awaited<ReturnType<typeof loader>>['kept'][number]

export default function MyKeptScreen() {
  const { kept } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationships(), label: say('relationships.mine.title') }]}
        title={say('kept.title')}
        lede={say('kept.lede')}
      />
      {kept.length === 0 ? <Empty title={say('kept.none')}>{say('kept.noneWhy')}</Empty> : null}
      <div className="grid max-w-[56rem] gap-10">
        {kept.map((one) => (
          <OneKept key={one.id} one={one} />
        ))}
      </div>
    </Wrap>
  )
}

/** From whom it is, and since when. */
const saidBy = (said: { from: string; at: string } | undefined) =>
  said ? say('kept.said', { from: say(`kept.from.${said.from as 'self'}`), date: sayDate(new Date(said.at)) }) : null

function factsOf(one: Kept): Fact[] {
  const working = one.work.map((work) => ({
    label: say(work.until ? 'kept.worked' : 'kept.work'),
    value: [work.company, work.title, work.department].filter(Boolean).join(', '),
    said: [
      work.until
        ? say('account.tree.between', { from: sayChosenDay(work.since), to: sayChosenDay(work.until) })
        : say('account.people.since', { date: sayChosenDay(work.since) }),
      saidBy(work),
    ]
      .filter(Boolean)
      .join(', '),
  }))
  return [
    { label: say('contact.name'), value: one.name, said: saidBy(one.provenance.name) },
    {
      label: say('account.city'),
      value: sayPlace(one),
      said: saidBy(one.provenance.city),
    },
    ...one.keys.map((key) => ({ label: say(`contact.key.${key.kind}`), value: key.value, said: saidBy(key) })),
    ...working,
    ...one.parts.map((part) => ({
      label: say('kept.part'),
      value: `${say(`account.part.${part.role}`)}, ${part.company}`,
      said: say('kept.belief', { date: sayChosenDay(part.since) }),
    })),
    ...one.consents.map(({ channel, allowed, on }) => ({
      label: say(`contact.consent.${channel}`),
      value: say(allowed ? 'kept.youAgree' : 'kept.youRefuse'),
      said: say('contact.consent.on', { date: sayChosenDay(on) }),
    })),
    {
      label: say('kept.cameFrom'),
      value: [say(`kept.cameFrom.${one.cameFrom}`), one.cameFromWords].filter(Boolean).join(': '),
      said: null,
    },
    {
      label: say('kept.basis'),
      value: say(`kept.basis.${one.basis}`),
      said: one.askBy ? say('kept.askBy', { date: sayChosenDay(one.askBy) }) : null,
    },
    { label: say('kept.since'), value: sayDate(new Date(one.since)) },
  ]
}

function OneKept({ one }: { one: Kept }) {
  const action = one.linked ? paths.endThisIsMe(one.id) : paths.thisIsMe(one.id)
  return (
    <Section title={one.vendorName} id={`kept-${one.vendorSlug}`} side="vendor" className="[&_h2]:text-prose">
      <Facts facts={factsOf(one)} />
      {one.corrections.length > 0 ? (
        <Part title={say('kept.corrected')}>
          <ul>
            {one.corrections.map(({ field, was, became, at }) => (
              <li key={`${field}${at}`} className="border-t border-hairline py-1.5 first:border-0">
                {say('kept.correctedLine', {
                  field: say(`kept.field.${field}`),
                  was: was || say('kept.nothing'),
                  became,
                  date: sayDate(new Date(at)),
                })}
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      <Unfold label={say('kept.correct')}>
        <CorrectKeptForm contactId={one.id} />
      </Unfold>
      <p className="soft mt-5">{say(one.linked ? 'kept.isLinked' : 'kept.link.what', { vendor: one.vendorName })}</p>
      <div className="btns mt-2">
        <PostForm action={action}>
          <Button size="sm" aria-label={`${say(one.linked ? 'kept.unlink' : 'kept.link')}: ${one.vendorName}`}>
            {say(one.linked ? 'kept.unlink' : 'kept.link')}
          </Button>
        </PostForm>
        <ButtonLink size="sm" variant="quiet" to={paths.newGrant(one.vendorSlug)}>
          {say('relationships.mine.give')}
        </ButtonLink>
      </div>
      <p className="meta mt-3">
        <Link to={paths.vendor(one.vendorSlug)}>{one.vendorName}</Link>
      </p>
    </Section>
  )
}
