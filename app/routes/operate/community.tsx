import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { communityLabels, CommunityFields } from '~/app/components/operate'
import { Who } from '~/app/components/people'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { editCommunity, keptCommunity } from '~/server/communities'
import { EditCommunityInput } from '~/server/communities/input'
import { vendorDirectory } from '~/server/vendors'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => {
  const [kept, vendors] = await Promise.all([keptCommunity(viewer, params.slug ?? ''), vendorDirectory()])
  return { ...kept, vendors }
})

export const action = act(EditCommunityInput, async ({ viewer, params, input }) => {
  await editCommunity(viewer, params.slug ?? '', input)
  return redirect(paths.operateCommunity(params.slug ?? ''))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data?.community.name ?? say('operate.title') }) },
]

export default function OperateCommunityScreen() {
  const { community, moderators, vendors } = useLoaderData<typeof loader>()
  const { slug, name } = community
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={name}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
        end={<ButtonLink to={paths.community(slug)}>{say('operate.community.public')}</ButtonLink>}
      />
      <div className="grid max-w-[46rem] gap-10">
        <Section
          title={say('operate.community.moderators')}
          id="moderators"
          side="independent"
          end={
            <ButtonLink size="sm" to={paths.communityModerators(slug)}>
              {say('operate.moderators.see')}
            </ButtonLink>
          }
        >
          {moderators.length === 0 ? <p className="text-ink-soft">{say('operate.community.moderators.none')}</p> : null}
          <ul className="grid gap-2">
            {moderators.map(({ who }) => (
              <li key={who.handle}>
                <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title={say('operate.vendor.details')} id="details">
          <PostForm className="grid gap-6">
            <ErrorSummary errors={errors} labels={communityLabels()} />
            <CommunityFields errors={errors} values={values} held={community} vendors={vendors} />
            <div className="btns">
              <Button variant="primary">{say('operate.save')}</Button>
            </div>
          </PostForm>
        </Section>
      </div>
    </Wrap>
  )
}
