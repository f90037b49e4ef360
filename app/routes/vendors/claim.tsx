import { data, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Banner, Button, Empty, ErrorSummary, PageHead, PostForm, RadioGroup, Section, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { beginClaim, claimPage } from '~/server/vendors'
import { ClaimInput } from '~/server/vendors/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params }) => claimPage(viewer, params.slug))

/** The code for a record stands in the answer to the form alone: no address leads to it again. */
export const action = act(ClaimInput, async ({ viewer, params, input }) => data({ begun: await beginClaim(viewer, params.slug, input) }))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('claim.title', { vendor: data?.name ?? '' }) }) },
]

export default function ClaimScreen() {
  const { slug, name, domain, staffed } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('claim.title', { vendor: name })}
        lede={staffed || !domain ? undefined : say('claim.lede', { vendor: name, domain })}
        crumbs={[
          { to: paths.vendors(), label: say('vendors.title') },
          { to: paths.vendor(slug), label: name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {staffed ? (
          <Staffed />
        ) : domain ? (
          <>
            <Begun />
            <Begin />
          </>
        ) : (
          <Empty title={say('claim.noDomain.title')}>{say('claim.noDomain.why', { vendor: name })}</Empty>
        )}
      </div>
    </Wrap>
  )
}

function Staffed() {
  const { name, staff } = useLoaderData<typeof loader>()
  return (
    <Section title={say('claim.staffed.title', { vendor: name })} id="staffed" side="vendor">
      <p>{say(staff.length > 0 ? 'claim.staffed.why' : 'claim.staffed.nobody')}</p>
      <ul className="mt-3 grid gap-1">
        {staff.map(({ handle, name }) => (
          <li key={handle}>
            <Link to={paths.person(handle ?? '')}>
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is to be done with the code, and where one says that it is done. */
function Begun() {
  const { slug, begun, recordName } = useLoaderData<typeof loader>()
  const told = useActionData<{ begun?: { code: string | null; mailedTo: string | null } }>()?.begun
  if (!begun) return null
  return (
    <Section title={say('claim.prove')} id="prove" side="vendor">
      {told?.mailedTo ? (
        <Banner kind="success" role="status">
          {say('claim.mailed', { address: told.mailedTo })}
        </Banner>
      ) : null}
      {told?.code ? (
        <dl className="grid gap-3">
          <div>
            <dt className="meta">{say('claim.record.name')}</dt>
            <dd>
              <code dir="ltr" className="font-mono wrap-anywhere">
                {recordName}
              </code>
            </dd>
          </div>
          <div>
            <dt className="meta">{say('claim.record.words')}</dt>
            <dd>
              <code dir="ltr" className="font-mono wrap-anywhere">
                parley-claim={told.code}
              </code>
            </dd>
          </div>
        </dl>
      ) : null}
      <p className="meta mt-3">{say(`claim.until.${begun.way}`, { day: sayDay(begun.expiresAt) })}</p>
      <PostForm className="mt-4 grid gap-4" action={paths.proveClaim(slug)}>
        {begun.way === 'mail' ? <TextInput label={say('claim.code')} name="code" maxLength={80} autoComplete="off" /> : null}
        <div className="btns">
          <Button variant="primary">{say(begun.way === 'mail' ? 'claim.prove.code' : 'claim.prove.record')}</Button>
        </div>
      </PostForm>
    </Section>
  )
}

function Begin() {
  const { slug, domain, ownAddress, begun } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const ways = [
    { value: 'record', label: say('claim.way.record', { domain: domain ?? '' }) },
    { value: 'postmaster', label: say('claim.way.mail', { address: `postmaster@${domain}` }) },
    ...(ownAddress ? [{ value: 'own', label: say('claim.way.mail', { address: ownAddress }) }] : []),
  ]
  return (
    <Section title={say(begun ? 'claim.again' : 'claim.begin')} id="begin" side="vendor">
      <PostForm className="grid gap-6" action={paths.claimVendor(slug)}>
        <ErrorSummary errors={errors} labels={{ way: say('claim.way') }} />
        <RadioGroup label={say('claim.way')} name="way" defaultValue={typed(values, 'way', 'record')} error={errors.way} options={ways} />
        <div className="btns">
          <Button variant={begun ? 'quiet' : 'primary'}>{say('claim.make')}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
