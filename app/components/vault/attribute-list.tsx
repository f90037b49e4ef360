import type { ReactNode } from 'react'
import type { AttributeGroup, Kept } from '~/server/vault'
import { say, sayList } from '~/words'
import { sayDay } from '~/words/dates'
import { paths } from '~/app/paths'
import { Button, ButtonLink, Check, Globe, Hush, Icon, Lock, Pencil, PostForm } from '../ui'
import { initials } from '../people/portrait'
import { fieldInWords, nameOfField } from './fields'

/** The fields of a vault by group: value, source, who reads it, and the way to change it. */
export function AttributeList({ groups, handle }: { groups: { group: AttributeGroup; kept: Kept[] }[]; handle: string }) {
  const shown = groups.some(({ group }) => group === 'who') ? groups : [{ group: 'who' as const, kept: [] }, ...groups]
  return shown.map(({ group, kept }) => (
    <div key={group} className="not-first:mt-7">
      <h3 className="pb-1 font-sans text-meta font-medium text-ink-faint">{say(`vault.group.${group}`)}</h3>
      <ul>
        {group === 'who' ? (
          <Row
            label={say('vault.handle')}
            value={handle}
            meta={say('vault.handleShown')}
            readers={<Quiet icon={Globe}>{say('vault.everyone')}</Quiet>}
          />
        ) : null}
        {kept.map((row) => (
          <Row
            key={row.key}
            label={nameOfField(row.key, row.label)}
            value={row.value}
            meta={say(`vault.source.${row.source}`, { date: sayDay(row.confirmedAt) })}
            asks={row.old ? <StillTrue row={row} /> : null}
            readers={<Readers names={row.readers} />}
            end={
              <ButtonLink
                to={paths.attribute(row.key)}
                variant="quiet"
                size="sm"
                icon
                className="-mt-1 text-ink-faint"
                aria-label={say('vault.change', { field: fieldInWords(row.key, row.label) })}
              >
                <Icon of={Pencil} size="sm" />
              </ButtonLink>
            }
          />
        ))}
      </ul>
    </div>
  ))
}

/** One tap says that an old field still holds. */
function StillTrue({ row }: { row: Kept }) {
  return (
    <PostForm action={paths.confirmAttribute(row.key)} className="mt-1.5">
      <Button size="sm">
        <Icon of={Check} size="sm" />
        {say('vault.old.confirm')}
        <Hush>{nameOfField(row.key, row.label)}</Hush>
      </Button>
    </PostForm>
  )
}

type Shown = { label: string; value: string; meta: string; asks?: ReactNode; readers: ReactNode; end?: ReactNode }

function Row({ label, value, meta, asks, readers, end }: Shown) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_32px] items-start gap-x-4 gap-y-1 border-t border-hairline py-2.5 md:grid-cols-[132px_minmax(0,1fr)_auto_32px]">
      <span className="col-span-full text-meta text-ink-soft md:col-span-1 md:text-ui">{label}</span>
      <div className="font-medium wrap-anywhere whitespace-pre-line">
        <bdi>{value}</bdi>
        <span className="meta block font-normal">{meta}</span>
        {asks}
      </div>
      {readers}
      {end ?? <span />}
    </li>
  )
}

function Readers({ names }: { names: string[] }) {
  if (names.length === 0) return <Quiet icon={Lock}>{say('vault.onlyYou')}</Quiet>
  return (
    <span className="inline-flex gap-1">
      {names.map((name) => (
        <span
          key={name}
          title={name}
          aria-hidden="true"
          className="grid h-5 min-w-6 place-items-center rounded bg-vendor-wash px-1 text-[10px] leading-none font-semibold text-vendor"
        >
          {initials(name)}
        </span>
      ))}
      <Hush>{say('vault.readBy', { vendors: sayList(names) })}</Hush>
    </span>
  )
}

function Quiet({ icon, children }: { icon: typeof Lock; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1 text-meta text-ink-faint">
      <Icon of={icon} size="sm" />
      {children}
    </span>
  )
}
