import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ModerationItem } from '~/app/components/moderation'
import { ArrowLeft, ButtonLink, Icon } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decide, itemPage } from '~/server/moderation'
import { DecisionInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.form') }) }]

export const loader = load(({ viewer, params }) => itemPage(viewer, params.kind, params.id))

export const action = act(DecisionInput, async ({ viewer, params, input }) => {
  const { communitySlug } = await decide(viewer, params.kind, params.id, input)
  return redirect(communitySlug ? paths.communityQueue(communitySlug) : paths.recommendationQueue())
})

export default function DecideScreen() {
  const item = useLoaderData<typeof loader>()
  const refused = useForm()
  return (
    <div className="page-queue">
      <div className="wrap">
        <p className="pt-5 pb-3">
          <ButtonLink
            variant="quiet"
            size="sm"
            to={item.community ? paths.communityQueue(item.community.slug) : paths.recommendationQueue()}
          >
            <Icon of={ArrowLeft} size="sm" />
            {say('moderation.queue')}
          </ButtonLink>
        </p>
        <article aria-labelledby="item-heading">
          <ModerationItem item={item} refused={refused} level={1} />
        </article>
      </div>
    </div>
  )
}
