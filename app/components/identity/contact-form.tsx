import { Button, ButtonLink, Checkbox, ErrorSummary, PostForm, Select, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { BASES } from '~/server/identity/types'
import { say } from '~/words'
import { CountrySelect } from './country-select'

const CAME_FROM = ['event', 'form', 'referral', 'message', 'import', 'purchase', 'other'] as const

/** Somebody whom the vendor knows: no name is kept without where it comes from and why it may be. */
export function ContactForm({ vendorSlug, countries }: { vendorSlug: string; countries: string[] }) {
  const { errors, values } = useForm()
  const labels = {
    name: say('contact.name'),
    familyName: say('contact.familyName'),
    email: say('contact.email'),
    phone: say('contact.phone'),
    city: say('account.city'),
    country: say('account.country'),
    cameFrom: say('contact.cameFrom'),
    cameFromWords: say('contact.cameFromWords'),
    basis: say('contact.basis'),
    askBy: say('contact.askBy'),
  }
  const field = (name: keyof typeof labels, byDefault = '') => ({
    ...{ name, label: labels[name], defaultValue: typed(values, name, byDefault), error: errors[name] },
  })
  return (
    <PostForm action={paths.newContact(vendorSlug)} className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      <TextInput {...field('name')} maxLength={200} autoComplete="off" />
      {errors.name === 'contact.alike' || typed(values, 'anyway') ? (
        <Checkbox name="anyway" label={say('contact.anyway')} defaultChecked={typed(values, 'anyway') === 'on'} />
      ) : null}
      <TextInput {...field('familyName')} optional help={say('contact.familyName.help')} maxLength={120} autoComplete="off" />
      <TextInput {...field('email')} optional help={say('contact.email.help')} maxLength={254} inputMode="email" autoCapitalize="none" />
      <TextInput {...field('phone')} optional help={say('contact.phone.help')} maxLength={40} inputMode="tel" />
      <TextInput {...field('city')} optional maxLength={120} />
      <CountrySelect {...field('country')} countries={countries} />
      <Select {...field('cameFrom', 'event')} options={CAME_FROM.map((value) => ({ value, label: say(`contact.cameFrom.${value}`) }))} />
      <TextInput {...field('cameFromWords')} optional help={say('contact.cameFromWords.help')} maxLength={300} />
      <Select
        {...field('basis', 'legitimate-interest')}
        help={say('contact.basis.help')}
        options={BASES.map((value) => ({ value, label: say(`contact.basis.${value}`) }))}
      />
      <TextInput {...field('askBy')} type="date" optional help={say('contact.askBy.help')} />
      <div className="btns">
        <Button variant="primary">{say('contact.keep')}</Button>
        <ButtonLink variant="quiet" to={paths.contacts(vendorSlug)}>
          {say('ui.keepIt')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
