import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { openOpportunity, opportunityForm } from '~/server/buying'
import { OpportunityInput } from '~/server/buying/input'
import { CURRENCIES, MOTIONS } from '~/server/buying/types'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('opportunity.open') }) }]

export const loader = load(({ viewer, params }) => opportunityForm(personOf(viewer), params.id))

export const action = act(OpportunityInput, async ({ viewer, params, input }) =>
  redirect(paths.opportunity(await openOpportunity(personOf(viewer), params.id, input))),
)

export default function OpenOpportunityScreen() {
  const { account, vendor, motions } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = {
    name: say('opportunity.name'),
    motion: say('stage.motion'),
    amount: say('opportunity.amount'),
    currency: say('opportunity.currency'),
    expected: say('opportunity.expected'),
  }
  const field = (name: keyof typeof labels, byDefault = '') => ({
    ...{ name, label: labels[name], error: errors[name], defaultValue: typed(values, name, byDefault) },
  })
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.accountPage(account.id), label: account.name }]}
        title={say('opportunity.open')}
        lede={say('opportunity.on', { company: account.name })}
      />
      {motions.length === 0 ? (
        <p className="soft mb-5">
          {say('opportunity.noStagesYet')} <Link to={paths.stages(vendor.slug)}>{say('stage.title')}</Link>
        </p>
      ) : null}
      <PostForm className="grid max-w-[36rem] gap-5">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput {...field('name')} help={say('opportunity.name.help')} maxLength={120} />
        <Select
          {...field('motion', motions[0] ?? 'new')}
          options={MOTIONS.map((value) => ({ value, label: say(`buying.motion.${value}`) }))}
        />
        <TextInput {...field('amount')} help={say('opportunity.amount.help')} inputMode="decimal" maxLength={14} />
        <Select {...field('currency', 'EUR')} options={CURRENCIES.map((value) => ({ value, label: value }))} />
        <TextInput {...field('expected')} type="date" help={say('opportunity.expected.help')} />
        <div className="btns">
          <Button variant="primary">{say('opportunity.openIt')}</Button>
          <ButtonLink variant="quiet" to={paths.accountPage(account.id)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
