import { Link, useLoaderData } from '@remix-run/react'
import { FileForm, FileFound, RowsTable } from '~/app/components/crm-imports'
import { Strip } from '~/app/components/relationships'
import { ActionButton, ButtonLink, Columns, PageHead, Pager, Rows, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { importPage } from '~/server/crm-imports'
import { say } from '~/words'
import { sayChosenDay, sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('import.one') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ viewer, params, url }) =>
  importPage(personOf(viewer), params.id, { fate: url.searchParams.get('fate'), after: url.searchParams.get('after') }),
)

type Page = Awaited<ReturnType<typeof loader>>

export default function ImportScreen() {
  const page = useLoaderData<typeof loader>()
  const { id, vendor, state, files, fates, may } = page
  useLive([`imports:${vendor.id}`])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.imports(vendor.slug), label: say('import.title') }]}
        title={say('import.one')}
        lede={say(page.forgotten ? 'import.forgotten' : `import.lede.${state}`)}
      />
      <Columns label={say('import.files')} rail={<Rail page={page} />}>
        {files.length > 0 ? (
          <>
            <Strip
              items={
                state === 'done' || state === 'broken'
                  ? (['made', 'known', 'joined', 'left'] as const).map((ended) => ({
                      label: say(`import.sum.${ended}`),
                      value: String(page.ends.find((one) => one.ended === ended)?.rows ?? 0),
                    }))
                  : fates.map(({ fate, rows }) => ({ label: say(`import.sum.${fate}`), value: String(rows) }))
              }
            />
            {page.reasons.length > 0 ? (
              <Section title={say('import.why')} id="why" className="mt-8">
                <ul className="rows">
                  {page.reasons.map(({ fate, because, rows }) => (
                    <li key={`${fate}-${because}`} className="flex justify-between gap-4 py-1.5">
                      <span>
                        {say(`crm.because.${because}`)} <span className="meta">{say(`crm.fate.${fate}`)}</span>
                      </span>
                      <span className="num">{rows}</span>
                    </li>
                  ))}
                </ul>
              </Section>
            ) : null}
            <RowsOf page={page} />
          </>
        ) : null}
        {may.add ? (
          <Section title={say('import.add')} id="add" className="mt-10">
            <FileForm id={id} />
          </Section>
        ) : null}
      </Columns>
    </Wrap>
  )
}

function RowsOf({ page: { id, vendor, rows, fate, fates, more, first } }: { page: Page }) {
  const here = (shown: Record<string, string>) => paths.importOf(id, { ...(fate ? { fate } : {}), ...shown })
  return (
    <Section title={say('import.rows')} id="rows" className="mt-10">
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        <Link
          to={`${paths.importOf(id)}#rows`}
          aria-current={fate === null ? 'true' : undefined}
          className="aria-[current]:font-semibold aria-[current]:no-underline"
        >
          {say('import.rows.all')}
        </Link>
        {fates
          .filter(({ rows: many }) => many > 0)
          .map((one) => (
            <Link
              key={one.fate}
              to={`${paths.importOf(id, { fate: one.fate })}#rows`}
              aria-current={fate === one.fate ? 'true' : undefined}
            >
              {say(`crm.fate.${one.fate}`)}
            </Link>
          ))}
      </p>
      {rows.length > 0 ? <RowsTable rows={rows} vendorSlug={vendor.slug} /> : <p className="soft">{say('import.rows.none')}</p>}
      <Pager newer={first ? null : here({})} older={more ? here({ after: more }) : null} />
    </Section>
  )
}

function Rail({ page }: { page: Page }) {
  const { id, files, basis, askBy, broughtAt, undoneAt, may } = page
  return (
    <>
      <Section side="vendor" title={say('import.files')} id="files" className="[&_h2]:text-prose">
        {files.length === 0 ? <p className="soft">{say('import.noFiles')}</p> : null}
        <Rows label={say('import.files')}>
          {files.map((file) => (
            <li key={file.nth} className="py-2.5">
              <FileFound file={file} />
            </li>
          ))}
        </Rows>
      </Section>
      <Section side="vendor" title={say('import.basis')} id="basis" className="[&_h2]:text-prose">
        <p className="m-0">{basis ? say(`contact.basis.${basis}`) : say('import.basis.none')}</p>
        <p className="meta">{say('import.askBy.is', { day: sayChosenDay(askBy) })}</p>
        {broughtAt ? <p className="meta">{say('import.broughtOn', { date: sayDate(broughtAt) })}</p> : null}
        {undoneAt ? <p className="meta">{say('import.undoneOn', { date: sayDate(undoneAt) })}</p> : null}
      </Section>
      {may.bring ? <ActionButton action={paths.bringImport(id)} label={say('import.bring')} variant="primary" /> : null}
      {may.undo ? (
        <ButtonLink variant="quiet" to={paths.undoImport(id)}>
          {say('import.undo')}
        </ButtonLink>
      ) : null}
    </>
  )
}
