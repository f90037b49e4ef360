import { redirect } from '@remix-run/node'
import { vendorLabels, VendorFields } from '~/app/components/operate'
import { Button, ErrorSummary, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { authorize } from '~/server/policy'
import { createVendor } from '~/server/vendors'
import { VendorInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer }) => {
  authorize(viewer, 'vendor.create', null)
  return null
})

export const action = act(VendorInput, async ({ viewer, input }) => {
  const { slug } = await createVendor(viewer, input)
  return redirect(paths.operateVendor(slug))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.vendor.new') }) }]

export default function NewVendorScreen() {
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.vendor.new')}
        lede={say('operate.vendor.new.lede')}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={vendorLabels()} />
        <VendorFields errors={errors} values={values} />
        <div className="btns">
          <Button variant="primary">{say('operate.vendor.add')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
