import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReferenceRows } from '~/app/components/peers'
import { PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { myReferences } from '~/server/peers'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('reference.list.title') }) }]

export const loader = load(({ viewer }) => myReferences(personOf(viewer)))

export default function ReferencesScreen() {
  const { ofMe, byMe } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('reference.list.title')} lede={say('reference.list.lede')} />
      <div className="grid max-w-[46rem] gap-10">
        <Section title={say('reference.ofMe')} id="of-me" side="member">
          {ofMe.length === 0 ? (
            <p className="meta">{say('reference.ofMe.none')}</p>
          ) : (
            <ReferenceRows rows={ofMe} label={say('reference.ofMe')} />
          )}
        </Section>
        <Section title={say('reference.byMe')} id="by-me" side="member">
          {byMe.length === 0 ? (
            <p className="meta">{say('reference.byMe.none')}</p>
          ) : (
            <ReferenceRows rows={byMe} label={say('reference.byMe')} />
          )}
        </Section>
      </div>
    </Wrap>
  )
}
