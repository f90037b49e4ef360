import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PassedOnList } from '~/app/components/relationships'
import { Button, Empty, ErrorSummary, PageHead, PostForm, RadioGroup, Section, TextInput, Wrap } from '~/app/components/ui'
import { nameOfField } from '~/app/components/vault'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { passOn, passOnPage } from '~/server/relationships'
import { PassOnInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.passed.title') }) }]

export const loader = load(({ viewer, params }) => passOnPage(personOf(viewer), params.id))

export const action = act(PassOnInput, async ({ viewer, params, input }) => {
  await passOn(personOf(viewer), params.id, input)
  return redirect(paths.passOn(params.id))
})

export default function PassOnScreen() {
  const { id, member, fields, passed } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = {
    field: say('relationships.passed.field'),
    thirdParty: say('relationships.passed.who'),
    country: say('relationships.passed.country'),
    why: say('relationships.passed.why'),
  }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(id), label: member?.displayName ?? '' }]}
        title={say('relationships.passed.title')}
        lede={say('relationships.passed.lede')}
      />
      <div className="grid max-w-[36rem] gap-10">
        {fields.length === 0 ? (
          <Empty title={say('relationships.passed.mayNot')}>{say('relationships.passed.mayNotWhy')}</Empty>
        ) : (
          <PostForm className="grid gap-7">
            <ErrorSummary errors={errors} labels={labels} />
            <RadioGroup
              label={labels.field}
              name="field"
              error={errors.field}
              defaultValue={typed(values, 'field')}
              options={fields.map((key) => ({ value: key, label: nameOfField(key) }))}
            />
            {(['thirdParty', 'country', 'why'] as const).map((name) => (
              <TextInput
                key={name}
                label={labels[name]}
                name={name}
                error={errors[name]}
                maxLength={name === 'why' ? 200 : name === 'country' ? 60 : 120}
                defaultValue={typed(values, name)}
              />
            ))}
            <div className="btns">
              <Button variant="primary">{say('relationships.passed.send')}</Button>
            </div>
          </PostForm>
        )}
        <Section title={say('relationships.passed')} id="passed">
          <PassedOnList passed={passed} />
        </Section>
      </div>
    </Wrap>
  )
}
