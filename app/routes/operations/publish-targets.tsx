import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Banner, Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { publishTargets, targetsPage } from '~/server/operations'
import { TargetsInput } from '~/server/operations/input'
import { CLOCK_TARGETS } from '~/server/operations/types'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => targetsPage(personOf(viewer), params.slug ?? ''))

export const action = act(TargetsInput, async ({ viewer, params, input }) => {
  await publishTargets(personOf(viewer), params.slug ?? '', input)
  return redirect(paths.hours(params.slug ?? ''))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('targets.edit.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export default function PublishTargetsScreen() {
  const { vendor, counted, ...now } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = Object.fromEntries(CLOCK_TARGETS.map((target) => [target, say(`targets.target.${target}`)]))
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('targets.edit.title', { vendor: vendor.name })}
        lede={say('targets.edit.lede')}
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.hours(vendor.slug), label: say('calendar.link') },
        ]}
      />
      <PostForm className="grid max-w-[36rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        {counted ? null : (
          <Banner>
            <Link to={paths.publishHours(vendor.slug)}>{say('targets.edit.noHours')}</Link>
          </Banner>
        )}
        {CLOCK_TARGETS.map((target, index) => (
          <TextInput
            key={target}
            label={say(`targets.target.${target}`)}
            name={target}
            optional
            inputMode="decimal"
            maxLength={20}
            help={index === 0 ? say('targets.edit.hours') : undefined}
            defaultValue={typed(values, target, now[target])}
            error={errors[target]}
          />
        ))}
        <div className="btns">
          <Button variant="primary">{say('targets.publish')}</Button>
          <ButtonLink variant="quiet" to={paths.hours(vendor.slug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
