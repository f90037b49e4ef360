import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { sized } from '~/app/components/portability'
import { Banner, Button, ButtonLink, Download, ErrorSummary, Icon, PageHead, PostForm, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { askExport, exportPage } from '~/server/portability'
import { AskExportInput } from '~/server/portability/input'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('portability.title') }) }]

export const loader = load(async ({ viewer }) => {
  const me = personOf(viewer)
  return { ...(await exportPage(me)), personId: me.personId }
})

export const action = act(AskExportInput, async ({ viewer }) => {
  await askExport(personOf(viewer))
  return redirect(paths.exportAll())
})

const PARTS = [
  'vault.json',
  'profile.jscontact.json',
  'attributes.csv',
  'grants.jsonld',
  'terms.json',
  'agreements',
  'receipts',
  'keys.jwks.json',
  'access-log.ndjson',
  'contributions.jsonld',
  'files',
  'manifest.json',
] as const

export default function ExportScreen() {
  const { export: file, personId } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('portability.title')}
        lede={say('portability.lede')}
        end={<ButtonLink to={paths.bringAlong()}>{say('portability.bring')}</ButtonLink>}
      />
      <div className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} />
        {file?.state === 'waiting' ? (
          <Banner role="status">
            <b>{say('portability.waiting')}</b>
            <p>{say('portability.waiting.why')}</p>
            <ButtonLink to={paths.exportAll()} size="sm" className="mt-2">
              {say('portability.look')}
            </ButtonLink>
          </Banner>
        ) : null}
        {file?.state === 'ready' ? (
          <Banner kind="success" role="status">
            <b>{say('portability.ready')}</b>
            <p>{say('portability.ready.until', { size: sized(file.bytes ?? 0), day: sayDay(file.endsAt), time: sayTime(file.endsAt) })}</p>
            <ButtonLink to={paths.fetchExport(file.id)} reloadDocument variant="primary" className="mt-3">
              <Icon of={Download} />
              {say('portability.fetch')}
            </ButtonLink>
          </Banner>
        ) : null}
        {file?.state === 'failed' ? (
          <Banner kind="danger" role="status">
            <b>{say('portability.failed')}</b>
            <p>{say('portability.failed.why')}</p>
          </Banner>
        ) : null}
        {file?.state === 'waiting' ? null : (
          <PostForm className="btns">
            <Button variant={file?.state === 'ready' ? 'default' : 'primary'}>
              {say(file?.state === 'ready' ? 'portability.askAgain' : 'portability.ask')}
            </Button>
          </PostForm>
        )}
      </div>
      <Section title={say('portability.within')} id="within" className="mt-10">
        <dl className="grid max-w-[46rem] gap-3">
          {PARTS.map((part) => (
            <div key={part}>
              <dt>
                <code dir="ltr" className="font-mono">
                  {part}
                </code>
              </dt>
              <dd className="soft">{say(`portability.part.${part}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Wrap>
  )
}
