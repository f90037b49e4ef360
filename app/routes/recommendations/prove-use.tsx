import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DisputeState, RecommendationCard, withoutActs } from '~/app/components/recommendations'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { provePage, proveUse } from '~/server/moderation'
import { ProofInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('dispute.prove') }) }]

export const loader = load(({ viewer, params }) => provePage(viewer, params.id))

export const action = act(ProofInput, async ({ viewer, params, input }) => {
  await proveUse(viewer, params.id, input)
  return redirect(paths.dispute(params.id))
})

export default function ProveUseScreen() {
  const { recommendation: it, open } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <div className="page-vendor">
      <div className="wrap">
        <PageHead
          title={say('dispute.prove')}
          lede={say('dispute.prove.lede', { vendor: it.vendor.name })}
          crumbs={[
            { to: paths.recommendation(it.id), label: it.product.name },
            { to: paths.dispute(it.id), label: say('dispute.title') },
          ]}
        />
        <RecommendationCard recommendation={withoutActs(it)} level={2} />
        <DisputeState dispute={{ ...open, proof: null }} recommendation={it} may={{ drop: false, prove: false }} />
        <div className="sect sect-v mt-8 max-w-[46rem]">
          <ErrorSummary errors={errors} labels={{ body: say('dispute.proof') }} />
          <PostForm className="grid gap-4">
            <TextArea
              label={say('dispute.proof')}
              name="body"
              rows={7}
              required
              maxLength={4000}
              help={say('dispute.proof.help')}
              defaultValue={typed(values, 'body', open.proof ?? '')}
              error={errors.body}
            />
            <div className="btns">
              <Button variant="primary">{say('dispute.prove.send')}</Button>
              <ButtonLink variant="quiet" to={paths.dispute(it.id)}>
                {say('dispute.back')}
              </ButtonLink>
            </div>
          </PostForm>
        </div>
      </div>
    </div>
  )
}
