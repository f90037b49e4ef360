import { useLoaderData } from '@remix-run/react'
import { CaseRows } from '~/app/components/cases'
import { ButtonLink, Empty, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { myCases } from '~/server/cases'
import { say } from '~/words'

export const loader = load(async ({ viewer, url }) => {
  const cursor = url.searchParams.get('cursor')
  return { ...(await myCases(personOf(viewer), cursor)), cursor }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('case.list.mine') }) }]

export default function MyCasesScreen() {
  const { cases, next, cursor } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('case.list.mine')} lede={say('case.list.mine.lede')} />
      <div className="max-w-[46rem]">
        {cases.length > 0 ? (
          <CaseRows cases={cases} label={say('case.list.mine')} mine />
        ) : (
          <Empty title={say('case.list.mine.none')} action={<ButtonLink to={paths.askAnywhere()}>{say('ui.askQuestion')}</ButtonLink>}>
            {say('case.list.mine.none.body')}
          </Empty>
        )}
        <Pager
          newer={cursor ? paths.myCases() : null}
          newerLabel={say('case.list.first')}
          older={next ? `${paths.myCases()}?cursor=${next}` : null}
        />
      </div>
    </Wrap>
  )
}
