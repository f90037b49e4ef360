import type { ReactNode } from 'react'
import { Part } from '~/app/components/relationships'
import { Button, ButtonLink, ErrorSummary, Facts, PostForm, Section, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import type { Contract } from '~/server/buying'
import { CURRENCIES } from '~/server/buying/types'
import { say, sayMoney } from '~/words'
import { sayChosenDay } from '~/words/dates'

/** What was signed and stands, and below it what it replaced. Both sides read it. */
export function Contracts({ contracts: [standing, ...earlier], children }: { contracts: Contract[]; children?: ReactNode }) {
  return (
    <Section title={say('contract.title')} id="contract" className="mt-8 [&_h2]:text-prose">
      {standing ? <OneContract contract={standing} /> : <p className="soft">{say('contract.none')}</p>}
      {earlier.length > 0 ? (
        <Part title={say('contract.earlier')}>
          {earlier.map((contract) => (
            <div key={contract.nth} className="border-t border-hairline py-3 first:border-0">
              <OneContract contract={contract} />
            </div>
          ))}
        </Part>
      ) : null}
      {children ? <div className="mt-3">{children}</div> : null}
    </Section>
  )
}

function OneContract({ contract }: { contract: Contract }) {
  return (
    <Facts
      facts={[
        {
          label: say('contract.termLabel'),
          value: say('contract.term', { from: sayChosenDay(contract.from), until: sayChosenDay(contract.until) }),
        },
        { label: say('contract.notice'), value: sayChosenDay(contract.notice) },
        { label: say('contract.value'), value: sayMoney(contract.amount, contract.currency) },
        { label: say('contract.agreed'), value: contract.agreed },
        {
          label: say('contract.signedBy'),
          value: say('contract.signed', { who: contract.signedBy, date: sayChosenDay(contract.signedOn) }),
        },
        { label: say('contract.changed'), value: contract.changed },
      ]}
    />
  )
}

type FormProps = { id: string; amount: string; currency: string; standing: Contract | null }

export function ContractForm({ id, amount, currency, standing }: FormProps) {
  const { errors, values } = useForm()
  const labels = {
    from: say('contract.from'),
    until: say('contract.until'),
    notice: say('contract.notice'),
    amount: say('contract.value'),
    currency: say('opportunity.currency'),
    agreed: say('contract.agreed'),
    signedBy: say('contract.signedBy'),
    signedOn: say('contract.signedOn'),
    changed: say('contract.changed'),
  }
  const field = (name: keyof typeof labels, byDefault = '') => ({
    ...{ name, label: labels[name], error: errors[name], defaultValue: typed(values, name, byDefault) },
  })
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      {standing || errors.changed ? <TextInput {...field('changed')} help={say('contract.changed.help')} maxLength={300} /> : null}
      <TextInput {...field('from', standing?.from)} type="date" />
      <TextInput {...field('until', standing?.until)} type="date" />
      <TextInput {...field('notice', standing?.notice)} type="date" help={say('contract.notice.help')} />
      <TextInput {...field('amount', standing?.amount.toFixed(2) ?? amount)} inputMode="decimal" maxLength={14} />
      <Select {...field('currency', standing?.currency ?? currency)} options={CURRENCIES.map((value) => ({ value, label: value }))} />
      <TextArea {...field('agreed', standing?.agreed)} rows={5} help={say('contract.agreed.help')} maxLength={2000} />
      <TextInput {...field('signedBy')} maxLength={120} />
      <TextInput {...field('signedOn')} type="date" />
      <div className="btns">
        <Button variant="primary">{say('contract.keep')}</Button>
        <ButtonLink variant="quiet" to={paths.opportunity(id)}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
