import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endWork, workPage } from '~/server/identity'
import { WorkEndInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contact.work.end') }) }]

export const loader = load(({ viewer, params }) => workPage(personOf(viewer), params.slug, params.id, params.key))

export const action = act(WorkEndInput, async ({ viewer, params, input }) => {
  await endWork(personOf(viewer), params.slug, params.id, params.key, input)
  return redirect(paths.contactPage(params.slug, params.id))
})

export default function EndWorkScreen() {
  const { contact, vendor, today, work } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { until: say('contact.work.until') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.contactPage(vendor.slug, contact.id), label: contact.name }]}
        title={say('contact.work.end')}
        lede={say('contact.work.endWhat', { name: contact.name, company: work.company })}
      />
      <PostForm action={paths.endWork(vendor.slug, contact.id, work.id)} className="grid max-w-[36rem] gap-4">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          type="date"
          name="until"
          label={labels.until}
          error={errors.until}
          min={work.since}
          max={today}
          defaultValue={typed(values, 'until', today)}
        />
        <div className="btns">
          <Button variant="primary">{say('contact.work.keepEnd')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
