import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { authorize } from '~/server/policy'
import { appointStaff, vendorBySlug } from '~/server/vendors'
import { StaffInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => {
  authorize(viewer, 'staff.appoint', null)
  return vendorBySlug(viewer, params.slug ?? '')
})

export const action = act(StaffInput, async ({ viewer, params, input }) => {
  await appointStaff(viewer, params.slug ?? '', input)
  return redirect(paths.operateVendor(params.slug ?? ''))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.staff.appoint') }) }]

const ROLES = ['support', 'advisor', 'success', 'moderator', 'analyst', 'admin'] as const
const labels = () => ({ handle: say('operate.field.handle'), role: say('operate.field.role'), askAbout: say('operate.field.askAbout') })

export default function AppointStaffScreen() {
  const { slug, name } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.staff.appoint.to', { vendor: name })}
        lede={say('operate.staff.appoint.lede')}
        crumbs={[
          { to: paths.operate(), label: say('operate.title') },
          { to: paths.operateVendor(slug), label: name },
        ]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels()} />
        <TextInput
          label={labels().handle}
          name="handle"
          required
          dir="ltr"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed(values, 'handle')}
          error={errors.handle}
          help={say('operate.field.handle.help')}
        />
        <Select
          label={labels().role}
          name="role"
          defaultValue={typed(values, 'role', 'support')}
          error={errors.role}
          options={ROLES.map((value) => ({ value, label: say(`vendors.role.${value}`) }))}
        />
        <TextInput
          label={labels().askAbout}
          name="askAbout"
          optional
          maxLength={160}
          defaultValue={typed(values, 'askAbout')}
          error={errors.askAbout}
          help={say('operate.field.askAbout.help')}
        />
        <div className="btns">
          <Button variant="primary">{say('operate.staff.appoint.do')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
