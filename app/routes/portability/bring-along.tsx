import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Banner, Button, ErrorSummary, Field, PageHead, PostForm, Rows, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { load, personOf, takeFile } from '~/app/http.server'
import { paths } from '~/app/paths'
import { bringArchive, broughtAlong, LARGEST_ARCHIVE_BYTES } from '~/server/portability'
import { say } from '~/words'
import { sayDate, sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('portability.bring.title') }) }]

export const loader = load(async ({ viewer, url }) => {
  const undone = url.searchParams.get('undone')
  return { brought: await broughtAlong(personOf(viewer)), undone: undone === null ? null : Math.min(100, Number(undone) || 0) }
})

export const action = takeFile('file', LARGEST_ARCHIVE_BYTES, async ({ viewer, content }) =>
  redirect(paths.broughtAlong(await bringArchive(personOf(viewer), content))),
)

export default function BringAlongScreen() {
  const { brought, undone } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  const label = say('portability.bring.file')
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vault(), label: say('vault.title') },
          { to: paths.exportAll(), label: say('portability.title') },
        ]}
        title={say('portability.bring.title')}
        lede={say('portability.bring.lede')}
      />
      <div className="grid max-w-[36rem] gap-7">
        {undone === null ? null : (
          <Banner kind="success" role="status">
            {say('portability.brought.undone', { left: undone })}
          </Banner>
        )}
        <PostForm className="grid gap-6" encType="multipart/form-data">
          <ErrorSummary errors={errors} labels={{ file: label }} />
          <Field label={label} name="file" help={say('portability.bring.fileHelp')} error={errors.file}>
            {(wiring) => <input {...wiring} type="file" accept=".zip,application/zip" required />}
          </Field>
          <div className="btns">
            <Button variant="primary">{say('portability.bring.look')}</Button>
          </div>
        </PostForm>
      </div>
      {brought.length > 0 ? (
        <Section title={say('portability.brought.list')} id="brought" className="mt-12 max-w-[46rem]">
          <Rows>
            {brought.map(({ id, portal, madeAt, takenAt }) => (
              <li key={id}>
                <Link to={paths.broughtAlong(id)}>
                  {say('portability.brought.line', { portal: portal || say('portability.brought.nowhere'), made: sayDate(madeAt) })}
                </Link>
                {takenAt ? <p className="meta">{say('portability.brought.taken', { day: sayDay(takenAt) })}</p> : null}
              </li>
            ))}
          </Rows>
        </Section>
      ) : null}
    </Wrap>
  )
}
