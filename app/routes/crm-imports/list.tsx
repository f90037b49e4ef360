import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, Label, PageHead, Rows, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { importsOf } from '~/server/crm-imports'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('import.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ viewer, params }) => importsOf(personOf(viewer), params.slug))

export default function ImportsScreen() {
  const { vendor, imports, may } = useLoaderData<typeof loader>()
  const begin = may.run ? <ButtonLink to={paths.newImport(vendor.slug)}>{say('import.new')}</ButtonLink> : null
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.accounts(vendor.slug), label: say('account.title') },
        ]}
        title={say('import.title')}
        lede={say('import.lede')}
        end={imports.length > 0 ? begin : null}
      />
      {imports.length === 0 ? (
        <Empty title={say('import.none')} action={begin}>
          {say('import.noneWhy')}
        </Empty>
      ) : (
        <div className="max-w-[46rem]">
          <Rows label={say('import.title')}>
            {imports.map(({ id, names, rows, state, at, who }) => (
              <li key={id} className="py-3">
                <p className="m-0">
                  <Link to={paths.importOf(id)}>
                    <bdi className="wrap-anywhere">{names ?? say('import.noFiles')}</bdi>
                  </Link>{' '}
                  <Label>{say(`import.state.${state}`)}</Label>
                </p>
                <p className="meta m-0">{say('import.line', { rows, who: who ?? say('relationships.nobody'), date: sayDate(at) })}</p>
              </li>
            ))}
          </Rows>
        </div>
      )}
    </Wrap>
  )
}
