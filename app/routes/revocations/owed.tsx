import { Link, useLoaderData } from '@remix-run/react'
import { DeletionTask } from '~/app/components/revocations'
import { ActionButton, Empty, PageHead, Pager, Rows, Section, Wrap } from '~/app/components/ui'
import { CorrectionLine } from '~/app/components/vault'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { deletionsOwed } from '~/server/revocations'
import { correctionsOwed } from '~/server/vault'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('revocation.owed.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, params, url }) => {
  const after = url.searchParams.get('after')
  const me = personOf(viewer)
  const [owed, corrections] = await Promise.all([deletionsOwed(me, params.vendor ?? '', after), correctionsOwed(me, params.vendor ?? '')])
  return { ...owed, corrections, first: after === null }
})

export default function OwedScreen() {
  const { vendor, deletions, corrections, later, first } = useLoaderData<typeof loader>()
  const here = paths.owed(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationships(vendor.slug), label: say('relationships.people') }]}
        title={say('revocation.owed.title')}
        lede={say('revocation.owed.lede')}
      />
      <Section title={say('revocation.owed.deletions')} id="deletions" side="vendor" className="max-w-[46rem]">
        {deletions.length === 0 ? <Empty title={say('revocation.owed.none')} level={3} /> : null}
        <Rows>
          {deletions.map((task) => (
            <li key={task.grantId} className="py-4">
              {task.relationshipId ? (
                <Link className="font-serif text-prose" to={paths.relationship(task.relationshipId)}>
                  <bdi>{task.member?.displayName}</bdi>
                </Link>
              ) : (
                <bdi>{task.member?.displayName}</bdi>
              )}
              <DeletionTask task={task} relationshipId={task.relationshipId} />
            </li>
          ))}
        </Rows>
        <Pager newer={first ? null : here} older={later ? `${here}?after=${encodeURIComponent(later)}` : null} />
      </Section>
      <Section title={say('vault.corrections')} id="corrections" side="vendor" className="mt-10 max-w-[46rem]">
        {corrections.length === 0 ? <p className="soft">{say('vault.corrections.none')}</p> : null}
        <Rows>
          {corrections.map((correction) => (
            <li key={correction.id} className="flex flex-wrap items-center justify-between gap-3 py-4">
              <div>
                {correction.relationshipId ? (
                  <Link className="font-serif text-prose" to={paths.relationship(correction.relationshipId)}>
                    <bdi>{correction.member?.displayName}</bdi>
                  </Link>
                ) : (
                  <bdi>{correction.member?.displayName}</bdi>
                )}
                <CorrectionLine correction={correction} />
              </div>
              <ActionButton action={paths.recordCorrected(correction.id)} label={say('vault.corrections.say')} size="sm" />
            </li>
          ))}
        </Rows>
      </Section>
    </Wrap>
  )
}
