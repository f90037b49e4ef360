import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { beginImport, importForm } from '~/server/crm-imports'
import { ImportInput } from '~/server/crm-imports/input'
import { BASES } from '~/server/identity/types'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('import.new') }) }]

export const loader = load(({ viewer, params }) => importForm(personOf(viewer), params.slug))

export const action = act(ImportInput, async ({ viewer, params, input }) =>
  redirect(paths.importOf(await beginImport(personOf(viewer), params.slug, input))),
)

export default function NewImportScreen() {
  const { vendor, colleagues, me, askBy } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { owner: say('import.owner'), basis: say('import.basis'), askBy: say('contact.askBy') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.imports(vendor.slug), label: say('import.title') }]}
        title={say('import.new')}
        lede={say('import.new.lede')}
      />
      <PostForm className="grid max-w-[36rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <Select
          label={labels.basis}
          name="basis"
          help={say('import.basis.help')}
          error={errors.basis}
          defaultValue={typed(values, 'basis', 'none')}
          options={[
            { value: 'none', label: say('import.basis.none') },
            ...BASES.map((value) => ({ value, label: say(`contact.basis.${value}`) })),
          ]}
        />
        <TextInput
          label={labels.askBy}
          name="askBy"
          type="date"
          help={say('import.askBy.help')}
          defaultValue={typed(values, 'askBy', askBy)}
          error={errors.askBy}
        />
        <Select
          label={labels.owner}
          name="owner"
          help={say('import.owner.help')}
          error={errors.owner}
          defaultValue={typed(values, 'owner', me)}
          options={colleagues.map(({ handle, displayName }) => ({ value: handle, label: displayName }))}
        />
        <div className="btns">
          <Button variant="primary">{say('import.begin')}</Button>
          <ButtonLink variant="quiet" to={paths.imports(vendor.slug)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
