import { Select } from '~/app/components/ui'
import { say } from '~/words'
import { sayCountry } from '~/words/countries'

type Props = { name: string; label: string; defaultValue: string; error?: string; countries: string[] }

export function CountrySelect({ countries, ...field }: Props) {
  const named = countries.map((code) => ({ value: code, label: sayCountry(code) })).sort((a, b) => (a.label < b.label ? -1 : 1))
  return <Select {...field} optional options={[{ value: '', label: say('account.country.none') }, ...named]} />
}
