import { Link, useLoaderData } from '@remix-run/react'
import type { MetaFunction } from '@remix-run/node'
import { ruleWords } from '~/app/components/moderation'
import { PageHead, Section, Tabs, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { transparencyPage } from '~/server/moderation'
import { say } from '~/words'

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('transparency.title'), path: paths.transparency() })

export const loader = load(({ viewer, url }) => transparencyPage(viewer, url.searchParams.get('year')))

export default function TransparencyScreen() {
  const it = useLoaderData<typeof loader>()
  const share = (part: number) => say('transparency.share', { part, of: it.decided })
  return (
    <Wrap>
      <PageHead
        title={say('transparency.title')}
        lede={say('transparency.lede')}
        crumbs={[{ to: paths.moderationLog(), label: say('moderation.log') }]}
      />
      {it.years.length > 1 ? (
        <Tabs
          label={say('transparency.years')}
          items={it.years.map((year) => ({ to: paths.transparency(year), label: String(year), current: year === it.year }))}
        />
      ) : null}
      <div className="mt-6 grid max-w-[46rem] gap-10">
        <Section title={say('transparency.notices', { year: String(it.year) })} id="notices">
          <Figures
            caption={say('transparency.notices.caption')}
            rows={it.notices.map(({ reason, count }) => [say(`flag.reason.${reason}`), String(count)])}
          />
        </Section>
        <Section title={say('transparency.decisions')} side="independent" id="decisions">
          <Figures
            caption={say('transparency.decisions.caption')}
            rows={it.decisions.map(({ act, rule, count }) => [`${say(`moderation.act.${act}`)}, ${ruleWords(rule)}`, String(count)])}
          />
          <Figures
            caption={say('transparency.how')}
            rows={[
              [
                say('transparency.median'),
                it.medianHours === null ? say('transparency.none') : say('transparency.hours', { hours: it.medianHours }),
              ],
              [say('transparency.detected'), share(it.detected)],
              [say('transparency.automatic'), share(it.automatic)],
              [say('transparency.warned'), String(it.penalties.warned)],
              [say('transparency.silenced'), String(it.penalties.silenced)],
              [say('transparency.fromRooms'), String(it.penalties.fromRooms)],
              [say('transparency.fromPortal'), String(it.penalties.fromPortal)],
              [say('transparency.penaltiesBack'), String(it.penalties.takenBack)],
              [say('transparency.refused'), String(it.refused)],
            ]}
          />
        </Section>
        <Section title={say('transparency.appeals')} side="member" id="appeals">
          <Figures
            caption={say('transparency.appeals.caption')}
            rows={[
              [say('transparency.appeals.written'), String(it.appeals.written)],
              [say('transparency.appeals.upheld'), String(it.appeals.upheld)],
              [say('transparency.appeals.overturned'), String(it.appeals.overturned)],
            ]}
          />
        </Section>
        <p className="meta">
          {say('transparency.check')} <Link to={paths.moderationLog()}>{say('moderation.log')}</Link>
        </p>
      </div>
    </Wrap>
  )
}

function Figures({ caption, rows }: { caption: string; rows: [string, string][] }) {
  if (rows.length === 0) return <p className="meta">{say('transparency.nothing')}</p>
  return (
    <table className="tbl tbl-tight num mt-4">
      <caption className="hush">{caption}</caption>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="text-end">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
