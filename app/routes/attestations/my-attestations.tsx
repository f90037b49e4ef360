import { useLoaderData } from '@remix-run/react'
import {
  Button,
  ButtonLink,
  Checkbox,
  Circle,
  CircleCheck,
  Confirm,
  Empty,
  PageHead,
  PostForm,
  Rows,
  Section,
  Select,
  State,
  Wrap,
} from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { myAttestations } from '~/server/attestations'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('attestation.title') }) }]

export const loader = load(async ({ viewer }) => {
  const me = personOf(viewer)
  return { ...(await myAttestations(me)), personId: me.personId }
})

export default function MyAttestationsScreen() {
  const { held, rooms, personId } = useLoaderData<typeof loader>()
  useLive([`person:${personId}`])
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vault(), label: say('vault.title') }]}
        title={say('attestation.title')}
        lede={say('attestation.lede')}
      />
      <div className="grid max-w-[46rem] gap-10">
        {held.length === 0 ? <Empty title={say('attestation.none')}>{say('attestation.noneWhy')}</Empty> : null}
        {held.map((it) => (
          <Section key={it.id} id={`a-${it.id}`} side="vendor" title={say('attestation.of', { vendor: it.vendor.name })}>
            <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
              <State kind={it.holds ? 'ok' : 'off'} icon={it.holds ? CircleCheck : Circle}>
                {say(it.holds ? 'attestation.holds' : it.revokedAt ? 'attestation.revoked' : 'attestation.expired')}
              </State>
              <span className="meta">{say('attestation.until', { date: sayDate(it.expiresAt) })}</span>
            </p>
            {it.shown.length > 0 ? (
              <Rows label={say('attestation.shown')} className="mt-3">
                {it.shown.map((room) => (
                  <li key={room.slug} className="flex flex-wrap items-center justify-between gap-3 py-2.5">
                    <span>
                      {say('attestation.shownIn', { room: room.name })}{' '}
                      <span className="meta">
                        {room.disclosed.length > 0
                          ? room.disclosed.map((each) => say(`attestation.disclosed.${each as 'vendor' | 'since'}`)).join(', ')
                          : say('attestation.disclosed.nothing')}
                      </span>
                    </span>
                    <PostForm action={paths.hideAttestation(it.id)} fields={{ community: room.slug }}>
                      <Button size="sm">{say('attestation.hide')}</Button>
                    </PostForm>
                  </li>
                ))}
              </Rows>
            ) : null}
            {it.holds && rooms.length > 0 ? (
              <PostForm action={paths.showAttestation(it.id)} className="mt-5 grid gap-3">
                <Select
                  id={`room-${it.id}`}
                  label={say('attestation.where')}
                  name="community"
                  options={rooms.map((room) => ({ value: room.slug, label: room.name }))}
                />
                <fieldset className="grid gap-1">
                  <legend className="mb-1">{say('attestation.disclose')}</legend>
                  <Checkbox label={say('attestation.disclose.vendor', { vendor: it.vendor.name })} name="disclose" value="vendor" />
                  <Checkbox label={say('attestation.disclose.since', { since: it.since })} name="disclose" value="since" />
                </fieldset>
                <div className="btns">
                  <Button variant="primary">{say('attestation.show')}</Button>
                </div>
              </PostForm>
            ) : null}
            <div className="btns mt-4">
              <ButtonLink size="sm" variant="quiet" reloadDocument to={paths.attestationFile(it.id)}>
                {say('attestation.download')}
              </ButtonLink>
              {it.holds ? (
                <Confirm
                  label={say('attestation.putAway')}
                  size="sm"
                  title={say('attestation.putAway.title')}
                  action={paths.revokeAttestation(it.id)}
                  confirmLabel={say('attestation.putAway.now')}
                >
                  {say('attestation.putAway.why', { vendor: it.vendor.name })}
                </Confirm>
              ) : null}
            </div>
          </Section>
        ))}
      </div>
    </Wrap>
  )
}
