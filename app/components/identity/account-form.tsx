import { Button, ButtonLink, Checkbox, ErrorSummary, PostForm, Select, TextArea, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import type { Colleague } from '~/server/relationships'
import { say } from '~/words'
import { CountrySelect } from './country-select'

export type AccountFields = {
  name: string
  domain: string
  city: string
  country: string
  segment: string
  useCase: string
  urgency: string
  constraints: string
  owner?: string
}

const URGENCIES = ['none', 'this-year', 'this-quarter', 'now'] as const

/** The facts of a company, new or as they stand. */
export function AccountForm({
  action,
  back,
  stands,
  colleagues,
  countries,
  submit,
}: {
  action: string
  back: string
  stands: AccountFields
  /** To choose the owner of a new one from. */
  colleagues?: Colleague[]
  countries: string[]
  submit: string
}) {
  const { errors, values } = useForm()
  const value = (name: keyof AccountFields) => typed(values, name, stands[name])
  const labels = {
    name: say('account.name'),
    domain: say('account.domain'),
    city: say('account.city'),
    country: say('account.country'),
    segment: say('account.segment'),
    useCase: say('account.useCase'),
    urgency: say('account.urgency'),
    constraints: say('account.constraints'),
    owner: say('account.owner'),
  }
  const field = (name: keyof AccountFields) => ({ name, label: labels[name], defaultValue: value(name), error: errors[name] })
  return (
    <PostForm action={action} className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput {...field('name')} help={say('account.name.help')} maxLength={200} />
      {errors.name === 'account.alike' || typed(values, 'anyway') ? (
        <Checkbox name="anyway" label={say('account.anyway')} defaultChecked={typed(values, 'anyway') === 'on'} />
      ) : null}
      <TextInput {...field('domain')} optional help={say('account.domain.help')} maxLength={253} inputMode="url" autoCapitalize="none" />
      <TextInput {...field('city')} optional maxLength={120} />
      <CountrySelect {...field('country')} countries={countries} />
      <TextInput {...field('segment')} optional help={say('account.segment.help')} maxLength={80} />
      <TextInput {...field('useCase')} optional maxLength={300} />
      <Select {...field('urgency')} options={URGENCIES.map((value) => ({ value, label: say(`account.urgency.${value}`) }))} />
      <TextArea {...field('constraints')} optional rows={3} help={say('account.constraints.help')} maxLength={4000} />
      {colleagues ? (
        <Select
          {...field('owner')}
          help={say('account.owner.help')}
          options={colleagues.map((one) => ({ value: one.handle, label: one.displayName }))}
        />
      ) : null}
      <div className="btns">
        <Button variant="primary">{submit}</Button>
        <ButtonLink variant="quiet" to={back}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
