import { Form, useLoaderData } from '@remix-run/react'
import { LogRows } from '~/app/components/moderation'
import { Button, Empty, PageHead, Pager, Select, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { moderationLog } from '~/server/moderation'
import { say } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('moderation.log'), path: paths.moderationLog() })

export const loader = load(({ viewer, url }) =>
  moderationLog(viewer, { community: url.searchParams.get('community') || null, before: url.searchParams.get('before') }),
)

export default function LogScreen() {
  const { rows, communities, community, older } = useLoaderData<typeof loader>()
  const address = (before: string) =>
    `${paths.moderationLog()}?${new URLSearchParams({ ...(community ? { community: community.slug } : {}), before })}`
  return (
    <Wrap>
      <PageHead title={say('moderation.log')} lede={say('moderation.log.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        <Form method="get" className="flex flex-wrap items-end gap-3">
          <Select
            label={say('moderation.log.filter')}
            name="community"
            key={community?.slug ?? ''}
            defaultValue={community?.slug ?? ''}
            options={[
              { value: '', label: say('moderation.log.all') },
              ...communities.map((room) => ({ value: room.slug, label: room.name })),
            ]}
          />
          <Button>{say('moderation.log.show')}</Button>
        </Form>
        {rows.length === 0 ? <Empty title={say('moderation.log.empty')}>{say('moderation.log.empty.why')}</Empty> : <LogRows rows={rows} />}
        <Pager older={older ? address(older) : null} />
      </div>
    </Wrap>
  )
}
