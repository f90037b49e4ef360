import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { InvitationLetter } from '~/app/components/recommendations'
import { Button, Confirm, ErrorSummary, PageHead, PostForm, RadioGroup, Rows, Section, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { drawCustomers, drawsPage } from '~/server/recommendations'
import { DrawInput } from '~/server/recommendations/input'
import { INCENTIVES } from '~/server/recommendations/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('draw.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export const loader = load(({ viewer, params }) => drawsPage(viewer, params.slug))

export const action = act(DrawInput, async ({ viewer, params, input }) => {
  await drawCustomers(viewer, params.slug, input)
  return redirect(paths.draws(params.slug))
})

export default function DrawsScreen() {
  const { vendor, draws, products, may } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('draw.title', { vendor: vendor.name })}
        lede={say('draw.lede', { vendor: vendor.name })}
        crumbs={[
          { to: paths.vendors(), label: say('vendors.title') },
          { to: paths.vendor(vendor.slug), label: vendor.name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section
          title={say('draw.list')}
          id="draws"
          side="independent"
          end={
            <Link className="meta" to={`${paths.method()}#score`}>
              {say('vendors.method')}
            </Link>
          }
        >
          {draws.length === 0 ? <p className="meta">{say('draw.none')}</p> : <Draws />}
        </Section>
        {may.draw && products.length > 0 ? <DrawForm /> : null}
      </div>
    </Wrap>
  )
}

function Draws() {
  const { draws, may } = useLoaderData<typeof loader>()
  return (
    <Rows label={say('draw.list')}>
      {draws.map((it) => (
        <li key={it.drawId} className="grid gap-1 py-4">
          <h3 className="text-ui font-semibold">
            <bdi>{it.product}</bdi>
          </h3>
          <p>{say(`draw.counts.${it.kind}`, { drawn: it.drawn, among: it.among })}</p>
          <p className="meta">
            {sayDay(it.createdAt)}. {say(`draw.given.${it.incentive}`)}
            {it.endedAt ? ` ${say('draw.ended', { day: sayDay(it.endedAt) })}` : null}
          </p>
          {may.draw ? (
            <>
              <p className="meta">{say('draw.answered', { count: it.answered ?? -1 })}</p>
              {it.endedAt ? null : (
                <div className="btns">
                  <Confirm
                    label={say('draw.end')}
                    size="sm"
                    variant="quiet"
                    title={say('draw.end.title')}
                    action={paths.endDraw(it.drawId)}
                    confirmLabel={say('draw.end')}
                    keepLabel={say('operate.keep')}
                  >
                    <p>{say('draw.end.why')}</p>
                  </Confirm>
                </div>
              )}
            </>
          ) : null}
        </li>
      ))}
    </Rows>
  )
}

function DrawForm() {
  const { vendor, products } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { product: say('draw.product'), kind: say('draw.kind'), size: say('draw.size'), incentive: say('draw.incentive') }
  return (
    <Section title={say('draw.new')} id="new" side="vendor">
      <p className="meta mb-4">{say('draw.new.why')}</p>
      <PostForm className="grid gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <Select
          label={labels.product}
          name="product"
          defaultValue={typed(values, 'product')}
          error={errors.product}
          options={products.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <RadioGroup
          label={labels.kind}
          name="kind"
          defaultValue={typed(values, 'kind', 'everybody')}
          error={errors.kind}
          options={(['everybody', 'sample'] as const).map((value) => ({ value, label: say(`draw.kind.${value}`) }))}
        />
        <TextInput
          label={labels.size}
          name="size"
          optional
          inputMode="numeric"
          maxLength={5}
          help={say('draw.size.help')}
          defaultValue={typed(values, 'size')}
          error={errors.size}
        />
        <RadioGroup
          label={labels.incentive}
          name="incentive"
          defaultValue={typed(values, 'incentive', 'none')}
          error={errors.incentive}
          options={INCENTIVES.map((value) => ({ value, label: say(`draw.given.${value}`) }))}
        />
        <details>
          <summary className="btn-text w-fit">{say('draw.letter.read')}</summary>
          <div className="mt-3">
            <InvitationLetter vendor={vendor.name} product={products[0]?.name ?? ''} kind="everybody" incentive="none" />
          </div>
        </details>
        <div className="btns">
          <Button variant="primary">{say('draw.submit')}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
