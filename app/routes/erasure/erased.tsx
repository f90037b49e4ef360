import { Link, useLoaderData } from '@remix-run/react'
import { Download, Icon, PageHead, Rows, Section, Wrap, buttonClass } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { statementBy } from '~/server/erasure'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('erasure.done.title') }) },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
]

export const loader = load(async ({ params }) => {
  const { says } = await statementBy(params.token)
  const [asked, done] = says['dpv:hasStatus'].map((status) => status['dpv:isIndicatedAtTime'])
  return { kept: says.kept, told: says.told, asked: asked ?? '', done: done ?? '', token: params.token }
})

export default function ErasedScreen() {
  const { kept, told, asked, done, token } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('erasure.done.title')} lede={say('erasure.done.lede', { asked: sayDay(asked), done: sayDay(done) })} />
      <div className="grid max-w-[46rem] gap-10">
        <Section title={say('erasure.done.kept')} id="kept" side="independent">
          {kept.length === 0 ? <p className="soft">{say('erasure.done.keptNone')}</p> : null}
          {kept.length > 0 ? (
            <table className="tbl tbl-stack">
              <thead>
                <tr>
                  <th scope="col">{say('erasure.done.what')}</th>
                  <th scope="col">{say('erasure.done.ground')}</th>
                  <th scope="col">{say('erasure.done.until')}</th>
                </tr>
              </thead>
              <tbody>
                {kept.map(({ what, many, ground, until }) => (
                  <tr key={what}>
                    <td>{say('erasure.done.counted', { what: say(`erasure.residue.${what}`), many })}</td>
                    <td className="soft">{say(`erasure.ground.${ground.replace('eu-gdpr:', '') as 'A17-3-b'}`)}</td>
                    <td className="num">{what === 'posts' ? say('erasure.until.posts') : sayDay(until)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </Section>
        <Section title={say('erasure.done.told')} id="told" side="vendor">
          {told.length === 0 ? <p className="soft">{say('erasure.done.toldNone')}</p> : null}
          <Rows>
            {told.map(({ name, due }) => (
              <li key={name} className="py-2.5">
                {say('erasure.done.toldLine', { vendor: name, date: sayDay(due) })}
              </li>
            ))}
          </Rows>
        </Section>
        <div className="btns items-center">
          <a className={buttonClass({})} href={paths.erasedStatement(token)} download>
            <Icon of={Download} />
            {say('erasure.done.download')}
          </a>
          <Link className="meta underline" to={paths.verify()}>
            {say('erasure.done.verify')}
          </Link>
        </div>
      </div>
    </Wrap>
  )
}
