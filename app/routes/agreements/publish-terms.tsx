import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { termsOfVendorInWords } from '~/app/components/agreements'
import { Button, ButtonLink, CheckboxGroup, ErrorSummary, PageHead, PostForm, Select, Wrap } from '~/app/components/ui'
import { typed, typedList, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { policyPage, publishTerms } from '~/server/agreements'
import { PolicyInput } from '~/server/agreements/input'
import { SERVICE_TERMS } from '~/server/agreements/types'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => policyPage(personOf(viewer), params.slug ?? ''))

export const action = act(PolicyInput, async ({ viewer, params, input }) => {
  await publishTerms(personOf(viewer), params.slug ?? '', input)
  return redirect(paths.vendorTerms(params.slug ?? ''))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('agreement.policy.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export default function PublishTermsScreen() {
  const { vendor, policy } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { accepts: say('agreement.policy.accepts'), otherwise: say('agreement.policy.otherwise') }
  const now = policy.counter ?? (policy.staffAnswer ? 'staff' : 'refuse')
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('agreement.policy.title', { vendor: vendor.name })}
        lede={say('agreement.policy.lede')}
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.vendorTerms(vendor.slug), label: say('agreement.vendor.link') },
        ]}
      />
      <PostForm className="grid max-w-[40rem] gap-7">
        <ErrorSummary errors={errors} labels={labels} />
        <CheckboxGroup
          label={labels.accepts}
          name="accepts"
          error={errors.accepts}
          defaultValues={typedList(values, 'accepts', policy.accepts)}
          options={SERVICE_TERMS.map((terms) => ({
            value: terms,
            label: <span className="inline-block first-letter:uppercase">{termsOfVendorInWords(terms)}</span>,
            help: terms,
          }))}
        />
        <Select
          label={labels.otherwise}
          name="otherwise"
          error={errors.otherwise}
          defaultValue={typed(values, 'otherwise', now)}
          options={[
            { value: 'refuse', label: say('agreement.policy.refuse') },
            { value: 'staff', label: say('agreement.policy.staff') },
            ...SERVICE_TERMS.map((terms) => ({ value: terms, label: say('agreement.policy.counter', { what: terms }) })),
          ]}
        />
        <div className="btns">
          <Button variant="primary">{say('agreement.policy.publish')}</Button>
          <ButtonLink variant="quiet" to={paths.vendorTerms(vendor.slug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
