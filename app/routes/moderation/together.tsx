import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CannedReasons, decisionLabels, ReasonFields } from '~/app/components/moderation'
import { Who } from '~/app/components/people'
import { Button, ButtonLink, Checkbox, Empty, ErrorSummary, FieldError, PageHead, PostForm } from '~/app/components/ui'
import { typedList, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decideTogether, togetherPage } from '~/server/moderation'
import { TogetherInput } from '~/server/moderation/input'
import { say, sayError } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.together') }) }]

export const loader = load(({ viewer, params, url }) => togetherPage(viewer, params.handle, url.searchParams.get('community') || null))

export const action = act(TogetherInput, async ({ viewer, params, url, input }) => {
  const { batchId } = await decideTogether(viewer, params.handle, url.searchParams.get('community') || null, input)
  return redirect(paths.decidedTogether(batchId))
})

export default function TogetherScreen() {
  const { who, handle, community, items } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const open = items.filter((item) => !item.hidden)
  const back = community ? paths.communityQueue(community.slug) : paths.recommendationQueue()
  return (
    <div className="page-queue">
      <div className="wrap">
        <PageHead
          title={say('moderation.together.of', { name: who.displayName })}
          lede={say('moderation.together.lede')}
          crumbs={[{ to: back, label: say('moderation.queue') }]}
        >
          <p className="mt-2">
            <Who who={who} to={paths.person(handle)} />
          </p>
        </PageHead>
        {open.length === 0 ? (
          <Empty title={say('moderation.empty')} action={<ButtonLink to={back}>{say('moderation.queue')}</ButtonLink>}>
            {say('moderation.together.none')}
          </Empty>
        ) : (
          <section className="reasons sect sect-i max-w-[46rem]" aria-label={say('moderation.together')}>
            <CannedReasons />
            <PostForm action={paths.decideTogether(handle, community?.slug)}>
              <ErrorSummary errors={errors} labels={{ ...decisionLabels(), items: say('moderation.together.which') }} />
              <fieldset className="grid gap-1" id="field-items" tabIndex={-1}>
                <legend className="mb-2">{say('moderation.together.which')}</legend>
                {errors.items ? <FieldError id="items-error">{sayError(errors.items)}</FieldError> : null}
                {open.map((item) => {
                  const value = `${item.kind}:${item.id}:${item.seen}`
                  return (
                    <div key={item.id} className="flex flex-wrap items-baseline gap-x-3">
                      <Checkbox
                        name="items"
                        value={value}
                        defaultChecked={typedList(values, 'items', [value]).includes(value)}
                        label={item.title}
                        help={`${say(`moderation.sort.${item.sort}`)}, ${say('moderation.flags', { count: item.flags })}: ${item.reasons
                          .map((reason) => say(`flag.reason.${reason}`))
                          .join(', ')}`}
                      />
                      <Link
                        className="meta"
                        to={paths.decide(item.kind, item.id)}
                        aria-label={say('moderation.together.read', { title: item.title })}
                      >
                        {say('moderation.together.see')}
                      </Link>
                    </div>
                  )
                })}
              </fieldset>
              <ReasonFields errors={errors} values={values} />
              <div className="end">
                <span />
                <Button variant="danger-solid">{say('moderation.together.submit')}</Button>
              </div>
            </PostForm>
          </section>
        )}
      </div>
    </div>
  )
}
