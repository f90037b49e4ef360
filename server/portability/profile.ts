import type { PersonViewer } from '~/server/viewer'

/** What the catalogue does not have bears its owner’s name for it. */
export type Field = { key: string; label: string | null; value: string; source: string; confirmedAt: Date }

const of = (fields: Field[], key: string) => fields.find((field) => field.key === key)?.value

/** RFC 9553. What it has no property for stands under a name of ours. */
export function asCard(viewer: PersonViewer, fields: Field[]) {
  const [name, mail, phone, place, zone] = ['real-name', 'e-mail', 'phone', 'location', 'time-zone'].map((key) => of(fields, key))
  const [organisation, role] = [of(fields, 'organisation'), of(fields, 'role')]
  const known = ['real-name', 'e-mail', 'phone', 'location', 'time-zone', 'organisation', 'role']
  const others = fields.filter(({ key, label }) => !label && !known.includes(key))
  const own = fields.filter(({ label }) => label)
  return {
    '@type': 'Card',
    version: '1.0',
    uid: `urn:uuid:${viewer.personId}`,
    kind: 'individual',
    name: { full: name ?? viewer.displayName },
    nicknames: { n1: { name: viewer.handle } },
    ...(mail ? { emails: { e1: { address: mail } } } : {}),
    ...(phone ? { phones: { p1: { number: phone } } } : {}),
    ...(organisation ? { organizations: { o1: { name: organisation } } } : {}),
    ...(role ? { titles: { t1: { name: role, kind: 'title' } } } : {}),
    ...(place || zone ? { addresses: { a1: { ...(place ? { full: place } : {}), ...(zone ? { timeZone: zone } : {}) } } } : {}),
    ...(others.length > 0 ? { 'parley.example:fields': Object.fromEntries(others.map(({ key, value }) => [key, value])) } : {}),
    ...(own.length > 0 ? { 'parley.example:ownFields': own.map(({ label, value }) => ({ name: label, value })) } : {}),
  }
}

/** RFC 6350: lines end in CRLF, and none is longer than 75 bytes. */
export function asVcard(viewer: PersonViewer, fields: Field[]): string {
  const line = (name: string, value: string | undefined) => (value ? [`${name}:${value}`] : [])
  const text = (value: string | undefined) => value?.replaceAll(/[\\,;]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n')
  const place = text(of(fields, 'location'))
  const said = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'KIND:individual',
    `UID:urn:uuid:${viewer.personId}`,
    ...line('FN', text(of(fields, 'real-name') ?? viewer.displayName)),
    ...line('NICKNAME', text(viewer.handle)),
    ...line('EMAIL', text(of(fields, 'e-mail'))),
    ...line('TEL;VALUE=text', text(of(fields, 'phone'))),
    ...line('ORG', text(of(fields, 'organisation'))),
    ...line('TITLE', text(of(fields, 'role'))),
    ...(place ? [`ADR:;;;${place};;;`] : []),
    ...line('TZ', text(of(fields, 'time-zone'))),
    'END:VCARD',
  ]
  return said.map((one) => `${folded(one)}\r\n`).join('')
}

function folded(line: string): string {
  const lines: string[] = []
  let now = ''
  for (const sign of line) {
    if (Buffer.byteLength(now + sign) > 75) {
      lines.push(now)
      now = ' '
    }
    now += sign
  }
  return [...lines, now].join('\r\n')
}

/** RFC 4180. A value that a spreadsheet would run as a formula is kept from being one. */
export function asCsv(fields: Field[]): string {
  const cell = (value: string) => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
  const rows = fields.map(({ key, label, value, source, confirmedAt }) => [key, value, source, confirmedAt.toISOString(), label ?? ''])
  return [['field', 'value', 'source', 'confirmed', 'name'], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
