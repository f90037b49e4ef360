import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, PageHead, PostForm, Rows, Section, Select, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { howOftenPage, sayHowOften } from '~/server/reaching'
import { HowOftenInput } from '~/server/reaching/input'
import { HOW_OFTEN } from '~/server/reaching/types'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('reach.title') }) }]

export const loader = load(({ viewer }) => howOftenPage(personOf(viewer)))

export const action = act(HowOftenInput, async ({ viewer, input }) => {
  await sayHowOften(personOf(viewer), input)
  return redirect(`${paths.howOften()}${input.vendor ? `#of-${input.vendor}` : ''}`)
})

export default function HowOftenScreen() {
  const { most, vendors } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationships(), label: say('relationships.mine.title') }]}
        title={say('reach.title')}
        lede={say('reach.lede')}
      />
      <div className="grid max-w-[44rem] gap-10">
        <Section side="member" title={say('reach.all')} id="all">
          <Choose most={most} label={say('reach.each')} />
          <p className="meta mt-4">{say('reach.counts')}</p>
        </Section>
        {vendors.length > 0 ? (
          <Section side="member" title={say('reach.one')} id="each">
            <Rows label={say('reach.one')}>
              {vendors.map(({ slug, name, own, used }) => (
                <li key={slug} id={`of-${slug}`} className="py-4">
                  <Choose vendor={slug} most={own ?? most} label={name} />
                  <p className="meta mt-1">{say('reach.used', { used })}</p>
                </li>
              ))}
            </Rows>
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

function Choose({ vendor, most, label }: { vendor?: string; most: number; label: string }) {
  const { errors, values } = useForm()
  const meant = (values?.vendor ?? '') === (vendor ?? '')
  return (
    <PostForm className="flex flex-wrap items-end gap-3" fields={vendor ? { vendor } : {}}>
      <div className="min-w-0 grow">
        <Select
          label={label}
          name="most"
          id={`most-${vendor ?? 'all'}`}
          error={meant ? errors.most : undefined}
          defaultValue={String(most)}
          options={HOW_OFTEN.map((times) => ({ value: times, label: say('reach.times', { times: Number(times) }) }))}
        />
      </div>
      <Button aria-label={`${say('reach.keep')}: ${label}`}>{say('reach.keep')}</Button>
    </PostForm>
  )
}
