import { Link, useLoaderData } from '@remix-run/react'
import { DeletionTask } from '~/app/components/revocations'
import { Empty, PageHead, Pager, Rows, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { deletionsOwed } from '~/server/revocations'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('revocation.owed.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, params, url }) => {
  const after = url.searchParams.get('after')
  return { ...(await deletionsOwed(personOf(viewer), params.vendor ?? '', after)), first: after === null }
})

export default function OwedScreen() {
  const { vendor, deletions, later, first } = useLoaderData<typeof loader>()
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
    </Wrap>
  )
}
