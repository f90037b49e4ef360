import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DraftKeeper, DraftNote, formOf } from '~/app/components/drafts'
import { recommendationLabels, RecommendationFields } from '~/app/components/recommendations'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, Select, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { draftFor } from '~/server/drafts'
import { recommendPage, writeRecommendation } from '~/server/recommendations'
import { RecommendationInput } from '~/server/recommendations/input'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('recommendation.write.title') }) }]

export const loader = load(async ({ viewer, params, url }) => {
  const wanted = url.searchParams.get('product') ?? ''
  const page = await recommendPage(viewer, params.slug)
  const already = page.written.find((it) => it.slug === wanted)
  if (already) throw redirect(paths.recommendation(already.id))
  return { ...page, wanted, draft: await draftFor(viewer, 'recommendation', page.vendor.vendorId) }
})

export const action = act(RecommendationInput, async ({ viewer, params, input }) => {
  const { recommendationId } = await writeRecommendation(viewer, params.slug, input)
  return redirect(paths.recommendation(recommendationId))
})

export default function RecommendScreen() {
  const { vendor, products, written, hidden, wanted, draft } = useLoaderData<typeof loader>()
  const { errors, values } = useForm(draft)
  const drawn = products.filter((product) => product.drawn)
  return (
    <Wrap>
      <PageHead
        title={say('recommendation.write.title')}
        lede={say('recommendation.write.lede', { vendor: vendor.name })}
        crumbs={[
          { to: paths.vendors(), label: say('ui.nav.vendors') },
          { to: paths.vendor(vendor.slug), label: vendor.name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-6">
        {written.map((it) => (
          <p className="meta" key={it.id}>
            <Link to={paths.recommendation(it.id)}>{say('recommendation.write.yours', { name: it.name })}</Link>
          </p>
        ))}
        {hidden.map((it) => (
          <p className="meta" key={it.slug}>
            {say('recommendation.write.hidden', { name: it.name })}
          </p>
        ))}
        {products.length === 0 ? (
          <Empty title={say('recommendation.write.nothing')} action={<ButtonLink to={paths.vendor(vendor.slug)}>{vendor.name}</ButtonLink>}>
            {say(written.length + hidden.length > 0 ? 'recommendation.write.nothing.why' : 'recommendation.write.noProducts.why', {
              vendor: vendor.name,
            })}
          </Empty>
        ) : (
          <>
            <ErrorSummary errors={errors} labels={recommendationLabels()} />
            <DraftNote draft={draft} />
            <PostForm className="grid gap-6" key={formOf(draft)}>
              <Select
                label={recommendationLabels().product}
                name="product"
                defaultValue={typed(values, 'product', wanted)}
                error={errors.product}
                options={products.map((product) => ({ value: product.slug, label: product.name }))}
              />
              {drawn.length > 0 ? <p className="meta">{say('draw.hint', { products: drawn.map(({ name }) => name).join(', ') })}</p> : null}
              <RecommendationFields errors={errors} values={values} />
              <div className="btns">
                <Button variant="primary">{say('recommendation.write.submit')}</Button>
              </div>
              <DraftKeeper draft={draft} values={values} />
            </PostForm>
          </>
        )}
      </div>
    </Wrap>
  )
}
