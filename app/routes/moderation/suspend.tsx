import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { decisionLabels, Earlier, ReasonFields } from '~/app/components/moderation'
import { Who } from '~/app/components/people'
import { Banner, Button, ErrorSummary, PageHead, PostForm, Segments, Select } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decideOnPerson, suspensionPage } from '~/server/moderation'
import { SuspensionInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

const DAYS = ['1', '3', '7', '30', '90', ''] as const

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.suspend.title') }) }]

export const loader = load(({ viewer, params, url }) => suspensionPage(viewer, params.handle, url.searchParams.get('community') || null))

export const action = act(SuspensionInput, async ({ viewer, params, url, input }) => {
  const { decisionId } = await decideOnPerson(viewer, params.handle, url.searchParams.get('community') || null, input)
  return redirect(paths.decision(decisionId))
})

export default function SuspendScreen() {
  const { who, handle, community, held, acts, earlier, stands, offered, seen } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const name = who?.displayName ?? handle
  const [only, ...others] = acts
  const proposed = acts.find((act) => act === offered.act) ?? only
  return (
    <div className="page-queue">
      <div className="wrap">
        <PageHead
          title={say('moderation.suspend.title')}
          lede={say('moderation.suspend.from', { name, place: community ? 'community' : 'portal', community: community?.name ?? '' })}
          crumbs={
            community
              ? [
                  { to: paths.community(community.slug), label: community.name },
                  { to: paths.communityQueue(community.slug), label: say('moderation.queue') },
                ]
              : undefined
          }
        >
          {who ? (
            <p className="mt-2">
              <Who who={who} to={paths.person(handle)} />
            </p>
          ) : null}
        </PageHead>
        <div className="grid max-w-[46rem] gap-6">
          {held ? (
            <Banner kind="caution">
              <p>
                {held.as === 'silenced' && held.until
                  ? say('moderation.suspend.silenced', { day: sayMoment(held.until) })
                  : say('moderation.suspend.now', { limited: held.until ? 'yes' : 'no', day: held.until ? sayMoment(held.until) : '' })}
              </p>
            </Banner>
          ) : null}
          <section className="reasons sect sect-i" aria-labelledby="reasons-heading">
            <h2 id="reasons-heading">{say('moderation.form')}</h2>
            <p className="meta">{say('moderation.form.read', { name })}</p>
            <p className="mt-2">{say('moderation.suspend.ladder', { ...stands, act: offered.act, days: Number(offered.days) })}</p>
            <PostForm action={paths.suspend(handle, community?.slug)} fields={others.length > 0 ? { seen } : { seen, act: only }}>
              <ErrorSummary errors={errors} labels={decisionLabels()} />
              {others.length > 0 ? (
                <Segments
                  label={decisionLabels().act}
                  name="act"
                  required
                  defaultValue={typed(values, 'act', proposed)}
                  options={acts.map((act) => ({ value: act, label: say(`moderation.act.${act}`) }))}
                />
              ) : null}
              <ReasonFields errors={errors} values={values}>
                {others.length === 0 ? null : (
                  <Select
                    label={decisionLabels().days}
                    name="days"
                    defaultValue={typed(values, 'days', offered.days)}
                    error={errors.days}
                    help={say('moderation.suspend.days.help')}
                    options={DAYS.map((days) => ({ value: days, label: say(`moderation.suspend.days.${days || 'open'}`) }))}
                  />
                )}
              </ReasonFields>
              <div className="end">
                <span />
                <Button variant={others.length > 0 ? 'danger-solid' : 'primary'}>{say('moderation.form.submit', { name })}</Button>
              </div>
            </PostForm>
          </section>
          <Earlier earlier={earlier} />
        </div>
      </div>
    </div>
  )
}
