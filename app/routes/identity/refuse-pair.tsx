import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { pairPage, refusePair } from '~/server/identity'
import { RefusalInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('duplicates.two') }) }]

export const loader = load(({ viewer, params }) => pairPage(personOf(viewer), params.slug, params.id))

export const action = act(RefusalInput, async ({ viewer, params, input }) => {
  await refusePair(personOf(viewer), params.slug, params.id, input)
  return redirect(paths.recordDuplicates(params.slug))
})

export default function RefusePairScreen() {
  const { pair, vendor, a, b } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { why: say('duplicates.two.why') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.duplicatePair(vendor.slug, pair.id), label: say('duplicates.pair', { one: a.name, other: b.name }) }]}
        title={say('duplicates.two')}
        lede={say('duplicates.two.what')}
      />
      <PostForm action={paths.refusePair(vendor.slug, pair.id)} className="grid max-w-[36rem] gap-4">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput name="why" label={labels.why} error={errors.why} defaultValue={typed(values, 'why')} maxLength={300} />
        <div className="btns">
          <Button variant="primary">{say('duplicates.two.keep')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
