import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Select, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { calendarPage, publishCalendar } from '~/server/operations'
import { CalendarInput } from '~/server/operations/input'
import { WEEKDAYS } from '~/server/operations/types'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => calendarPage(personOf(viewer), params.slug ?? ''))

export const action = act(CalendarInput, async ({ viewer, params, input }) => {
  await publishCalendar(personOf(viewer), params.slug ?? '', input)
  return redirect(paths.hours(params.slug ?? ''))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('calendar.edit.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export default function PublishHoursScreen() {
  const { vendor, zone, days, holidays, zones } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const dayLabels = Object.fromEntries(WEEKDAYS.map((day) => [day, say(`calendar.day.${day}`)]))
  const labels = { zone: say('calendar.zone'), ...dayLabels, holidays: say('calendar.holidays') }
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('calendar.edit.title', { vendor: vendor.name })}
        lede={say('calendar.edit.lede')}
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.hours(vendor.slug), label: say('calendar.link') },
        ]}
      />
      <PostForm className="grid max-w-[36rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <Select
          label={labels.zone}
          name="zone"
          error={errors.zone}
          defaultValue={typed(values, 'zone', zone)}
          options={zones.map((name) => ({ value: name, label: name }))}
        />
        {WEEKDAYS.map((day, index) => (
          <TextInput
            key={day}
            label={say(`calendar.day.${day}`)}
            name={day}
            optional
            maxLength={120}
            help={index === 0 ? say('calendar.day.help') : undefined}
            defaultValue={typed(values, day, days[index])}
            error={errors[day]}
          />
        ))}
        <TextArea
          label={labels.holidays}
          name="holidays"
          optional
          rows={5}
          help={say('calendar.holidays.help')}
          defaultValue={typed(values, 'holidays', holidays)}
          error={errors.holidays}
        />
        <div className="btns">
          <Button variant="primary">{say('calendar.publish')}</Button>
          <ButtonLink variant="quiet" to={paths.hours(vendor.slug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
