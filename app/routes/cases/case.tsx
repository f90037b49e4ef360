import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AnswersBack, CaseRail, CaseState, MessageForm, Messages } from '~/app/components/cases'
import { NewBar, PostBody, Privacy, useHeldBack } from '~/app/components/threads'
import { Banner, Crumbs, Label, Pager, RelativeTime, Section, Wrap } from '~/app/components/ui'
import { act, guessed, load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { casePage, writeInCase } from '~/server/cases'
import { MessageInput } from '~/server/cases/input'
import { markCaseRead } from '~/server/notifications'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(async ({ viewer, params, url, request }) => {
  const me = personOf(viewer)
  const unread = guessed(request)
  const page = await casePage(me, params.id, url.searchParams.get('before'), { guessed: unread })
  if (!unread) await markCaseRead(me, page.caseId)
  return page
})

export const action = act(MessageInput, async ({ viewer, params, input }) => {
  await writeInCase(personOf(viewer), params.id, input)
  return redirect(`${paths.caseOf(params.id)}#reply`)
})

export const meta = ({ data }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.question ? `${say('case.one')}: ${data.question.title}` : say('case.one') }) },
  { name: 'robots', content: 'noindex' },
]

export default function CaseScreen() {
  const it = useLoaderData<typeof loader>()
  useLive([`case:${it.caseId}`, ...(it.may.serve ? [`case-staff:${it.caseId}`] : [])])
  const { shown, held, letIn } = useHeldBack(it.readAt)
  const { mine, vendor, question, state, openedBy, may } = it
  const asker = it.asker?.displayName ?? ''
  const here = paths.caseOf(it.caseId)
  const offered = !it.continuedAt && state !== 'closed'
  return (
    <Wrap>
      <Crumbs
        items={
          mine
            ? [{ to: paths.myCases(), label: say('case.list.mine') }]
            : [{ to: paths.casesOf(vendor.slug), label: say('case.list.staff', { vendor: vendor.name }) }]
        }
      />
      <header className="pt-3 pb-6">
        <h1 className="title wrap-anywhere" dir="auto">
          {question?.title ?? say('case.withheld')}
        </h1>
        <p className="meta mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Privacy>
            {mine ? say('case.lede.asker', { vendor: vendor.name }) : say('case.lede.staff', { name: asker, vendor: vendor.name })}
          </Privacy>
          <span className="inline-flex flex-wrap items-center gap-x-1.5">
            <CaseState state={state} mine={mine} vendor={vendor.name} asker={asker} />
            <RelativeTime at={it.waitingSince} />
          </span>
          {it.closedBy ? <span>{say('case.closedBy', { who: it.closedBy.displayName })}</span> : null}
          {openedBy ? (
            <span>{say(offered ? 'case.offeredBy' : 'case.openedBy', { who: openedBy.displayName, day: sayDay(it.createdAt) })}</span>
          ) : null}
        </p>
      </header>
      <div className="cols cols-rail">
        <div className="min-w-0">
          {question ? (
            <section aria-label={say('case.question')} className="mb-8 border-y border-hairline py-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <Label level={2}>{say('case.question')}</Label>
                <Link className="meta underline" to={paths.thread(question.slug, question.number, question.title)}>
                  {say('case.question.public')}
                </Link>
              </div>
              {question.html ? <PostBody html={question.html} small brief /> : null}
            </section>
          ) : null}
          <Section title={say('case.messages')} id="messages">
            <Pager
              older={it.earlier ? `${here}?before=${it.earlier}` : null}
              olderLabel={say('case.messages.earlier')}
              newer={it.latest ? null : here}
              newerLabel={say('case.messages.latest')}
            />
            <Messages messages={shown(it.messages)} />
            <div className="mt-4">
              <NewBar count={held(it.messages)} onShow={letIn} label={say('case.messages.new', { count: held(it.messages) })} />
            </div>
          </Section>
          <AnswersBack answers={it.answers} {...{ caseId: it.caseId, mine, asker, vendor: vendor.name, question, may }} />
          <section id="reply" className="sect mt-8">
            {may.write ? (
              <MessageForm
                action={here}
                draft={it.draft}
                label={say('case.reply')}
                help={
                  state === 'closed'
                    ? say('case.reply.reopens')
                    : mine
                      ? say('case.reply.asker', { vendor: vendor.name })
                      : say('case.reply.staff', { name: asker })
                }
                send={say('case.reply.send')}
              />
            ) : (
              <Banner>{!mine && it.offerWaits ? say('case.offered.waits', { name: asker }) : say('case.readOnly')}</Banner>
            )}
          </section>
        </div>
        <CaseRail it={it} />
      </div>
    </Wrap>
  )
}
