import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { communityLabels, CommunityFields } from '~/app/components/operate'
import { Button, ErrorSummary, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { createCommunity } from '~/server/communities'
import { CommunityInput } from '~/server/communities/input'
import { authorize } from '~/server/policy'
import { vendorDirectory } from '~/server/vendors'
import { say } from '~/words'

export const loader = load(async ({ viewer }) => {
  authorize(viewer, 'community.create', null)
  return { vendors: await vendorDirectory() }
})

export const action = act(CommunityInput, async ({ viewer, input }) => {
  await createCommunity(viewer, input)
  return redirect(paths.operateCommunity(input.slug))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.community.new') }) }]

export default function NewCommunityScreen() {
  const { vendors } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.community.new')}
        lede={say('operate.community.new.lede')}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={communityLabels()} />
        <CommunityFields errors={errors} values={values} vendors={vendors} />
        <div className="btns">
          <Button variant="primary">{say('operate.community.add')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
