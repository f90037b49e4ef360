import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MessageForm } from '~/app/components/cases'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { openCase, openingPage } from '~/server/cases'
import { MessageInput } from '~/server/cases/input'
import { draftFor } from '~/server/drafts'
import { threadIdOf } from '~/server/threads'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, refused }) => {
  const me = personOf(viewer)
  const page = await openingPage(me, params.number)
  if (page.caseId && !refused) throw redirect(paths.caseOf(page.caseId))
  return { ...page, draft: await draftFor(me, 'case', page.threadId) }
})

export const action = act(MessageInput, async ({ viewer, params, input }) =>
  redirect(paths.caseOf(await openCase(viewer, await threadIdOf(params.number), input))),
)

export const meta = () => [{ title: say('ui.pageTitle', { title: say('case.one') }) }, { name: 'robots', content: 'noindex' }]

export default function OpenCaseScreen() {
  const { slug, number, title, asker: name, vendor, mine, draft } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={mine ? say('case.open.withVendor', { vendor }) : say('case.open.withAsker', { name })}
        lede={mine ? say('case.open.withVendor.lede', { vendor }) : say('case.open.withAsker.lede', { name, vendor })}
        crumbs={[{ to: paths.thread(slug, number, title), label: title }]}
      />
      <div className="max-w-[46rem]">
        <MessageForm
          action={paths.openCase(number)}
          draft={draft}
          label={say('case.open.message')}
          help={mine ? say('case.open.shares') : undefined}
          send={say('case.open.send')}
          rows={8}
        />
      </div>
    </Wrap>
  )
}
