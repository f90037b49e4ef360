import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Who } from '~/app/components/people'
import { Empty, PageHead, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { wantedByPage } from '~/server/ideas'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => wantedByPage(personOf(viewer), params.number))

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('idea.accounts.title') }) }]

export default function WantedByScreen() {
  const { slug, number, title, accounts, others } = useLoaderData<typeof loader>()
  const notShared = <span className="meta">{say('idea.accounts.notShared')}</span>
  return (
    <Wrap>
      <PageHead
        title={say('idea.accounts.title')}
        lede={say('idea.accounts.lede')}
        crumbs={[
          { to: paths.ideas(slug), label: say('idea.title') },
          { to: paths.thread(slug, number, title), label: title },
        ]}
      />
      {accounts.length === 0 ? (
        <Empty title={say('idea.accounts.none')}>{say('idea.accounts.none.body')}</Empty>
      ) : (
        <table className="tbl max-md:block max-md:[&_tbody]:block">
          <thead className="max-md:sr-only">
            <tr>
              <th scope="col">{say('idea.accounts.organisation')}</th>
              <th scope="col">{say('idea.accounts.role')}</th>
              <th scope="col">{say('idea.accounts.teamSize')}</th>
              <th scope="col">{say('idea.accounts.who')}</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map(({ relationshipId, who, organisation, role, teamSize }) => (
              <tr
                key={who.handle}
                className="max-md:grid max-md:gap-y-0.5 max-md:border-b max-md:border-hairline max-md:py-3 max-md:[&>td]:border-0 max-md:[&>td]:p-0"
              >
                <td className="font-semibold wrap-anywhere" dir="auto">
                  {organisation ?? notShared}
                </td>
                <td className="wrap-anywhere" dir="auto">
                  {role ?? notShared}
                </td>
                <td className="num">{teamSize ?? notShared}</td>
                <td>
                  {relationshipId ? (
                    <Link className="underline" to={paths.relationship(relationshipId)}>
                      <bdi>{who.displayName}</bdi>
                    </Link>
                  ) : (
                    <Who who={who} short />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="meta mt-4">{say('idea.accounts.others', { others })}</p>
    </Wrap>
  )
}
