import { Form, useLoaderData } from '@remix-run/react'
import { LogRows } from '~/app/components/moderation'
import { Button, Empty, Field, PageHead, Pager, Select, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { moderationLog } from '~/server/moderation'
import { ACTS, RULES } from '~/server/moderation/types'
import { say } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('moderation.log'), path: paths.moderationLog() })

export const loader = load(({ viewer, url }) =>
  moderationLog(
    viewer,
    Object.fromEntries(['community', 'act', 'rule', 'month', 'before'].map((name) => [name, url.searchParams.get(name) || null])),
  ),
)

export default function LogScreen() {
  const { rows, communities, community, act, rule, month, older } = useLoaderData<typeof loader>()
  const chosen = Object.entries({ community: community?.slug, act, rule, month }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const address = (before: string) =>
    `${paths.moderationLog()}?${new URLSearchParams([...chosen, ['before', before]] as [string, string][])}`
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
          <Select
            label={say('moderation.log.act')}
            name="act"
            key={`act-${act ?? ''}`}
            defaultValue={act ?? ''}
            options={[
              { value: '', label: say('moderation.log.all') },
              ...ACTS.map((each) => ({ value: each, label: say(`moderation.act.${each}`) })),
            ]}
          />
          <Select
            label={say('moderation.log.rule')}
            name="rule"
            key={`rule-${rule ?? ''}`}
            defaultValue={rule ?? ''}
            options={[
              { value: '', label: say('moderation.log.all') },
              ...RULES.map((each) => ({ value: each, label: say(`moderation.rule.${each}`) })),
            ]}
          />
          <Field label={say('moderation.log.month')} name="month" optional>
            {(wiring) => <input type="month" className="input" key={month ?? ''} defaultValue={month ?? ''} {...wiring} />}
          </Field>
          <Button>{say('moderation.log.show')}</Button>
        </Form>
        {rows.length === 0 ? <Empty title={say('moderation.log.empty')}>{say('moderation.log.empty.why')}</Empty> : <LogRows rows={rows} />}
        <Pager older={older ? address(older) : null} />
      </div>
    </Wrap>
  )
}
