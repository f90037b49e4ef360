import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { claimPage, proveClaim } from '~/server/vendors'
import { ClaimProofInput } from '~/server/vendors/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => claimPage(viewer, params.slug))

export const action = act(ClaimProofInput, async ({ viewer, params, input }) => {
  await proveClaim(viewer, params.slug, input)
  return redirect(paths.vendor(params.slug))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('claim.title', { vendor: data?.name ?? '' }) }) },
]

/** What was not proved yet can be tried again. */
export default function ProveClaimScreen() {
  const { slug, name, begun, recordName } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('claim.prove')}
        crumbs={[
          { to: paths.vendor(slug), label: name },
          { to: paths.claimVendor(slug), label: say('claim.title', { vendor: name }) },
        ]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={{ code: say('claim.code') }} />
        {begun?.way !== 'record' ? (
          <TextInput
            label={say('claim.code')}
            name="code"
            maxLength={80}
            autoComplete="off"
            defaultValue={typed(values, 'code')}
            error={errors.code}
          />
        ) : (
          <p className="meta">{say('claim.record.at', { name: recordName ?? '' })}</p>
        )}
        <div className="btns">
          <Button variant="primary">{say(begun?.way !== 'record' ? 'claim.prove.code' : 'claim.prove.record')}</Button>
          <ButtonLink variant="quiet" to={paths.claimVendor(slug)}>
            {say('claim.again')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
