import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AppealForm, ItemWords, ruleWords } from '~/app/components/moderation'
import { Banner, PageHead, Rows, Section, State, Clock } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appealItemPage, decideAppeal } from '~/server/moderation'
import { AppealDecisionInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay, sayMoment } from '~/words/dates'

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('appeal.item') }) }]

export const loader = load(({ viewer, params }) => appealItemPage(viewer, params.id))

export const action = act(AppealDecisionInput, async ({ viewer, params, input }) => {
  const { decisionId } = await decideAppeal(viewer, params.id, input)
  return redirect(`${paths.decision(decisionId)}#appeal`)
})

export default function DecideAppealScreen() {
  const it = useLoaderData<typeof loader>()
  const refused = useForm()
  const { decision } = it
  const name = it.by?.displayName ?? say('appeal.nobody')
  return (
    <div className="page-queue">
      <div className="wrap">
        <PageHead
          title={say('appeal.of', { name })}
          lede={say(`moderation.done.${decision.act}`, { what: decision.subjectKind })}
          crumbs={[
            {
              to: it.communitySlug ? paths.communityQueue(it.communitySlug) : paths.recommendationQueue(),
              label: say('moderation.queue'),
            },
          ]}
        >
          {it.outcome === null ? (
            <p className="mt-2">
              <State kind="wait" icon={Clock}>
                {say('appeal.due', { day: sayDay(it.dueAt) })}
              </State>
            </p>
          ) : null}
        </PageHead>
        <div className="grid max-w-[46rem] gap-8">
          <Section title={say('appeal.theirs', { standing: it.standing })} side="member" id="appeal">
            <p className="prose whitespace-pre-line" dir="auto">
              {it.words}
            </p>
            <p className="meta mt-2">{sayMoment(it.createdAt)}</p>
          </Section>
          <Section title={say('appeal.contested')} side="independent" id="statement">
            <Rows>
              <li>
                <Link to={paths.decision(decision.id)}>{say(`moderation.act.${decision.act}`)}</Link>, {sayMoment(decision.decidedAt)}
                {decision.by ? `, ${decision.by}` : ''}
              </li>
              <li>
                <bdi>{ruleWords(decision.rule, decision.clause)}</bdi>
              </li>
              <li>
                <bdi className="whitespace-pre-line">{decision.facts}</bdi>
              </li>
              {decision.why ? (
                <li>
                  <bdi className="whitespace-pre-line">{decision.why}</bdi>
                </li>
              ) : null}
            </Rows>
          </Section>
          {it.item ? (
            <section aria-labelledby="contested-words">
              <h2 className="label" id="contested-words">
                {say('appeal.about')}
              </h2>
              <ItemWords item={it.item} />
            </section>
          ) : null}
          {it.outcome === null ? null : (
            <Section title={say(`appeal.outcome.${it.outcome}`)} side="independent" id="outcome">
              <p className="whitespace-pre-line" dir="auto">
                {it.reasons}
              </p>
            </Section>
          )}
          {it.may.decide ? (
            <AppealForm id={it.id} act={decision.act} name={name} {...refused} />
          ) : it.outcome === null ? (
            <Banner kind="independent">
              <p>{say(it.may.decided ? 'appeal.notYours.own' : 'appeal.notYours.party')}</p>
            </Banner>
          ) : null}
        </div>
      </div>
    </div>
  )
}
