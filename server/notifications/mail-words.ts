import type { HandleInfo, SeatInfo } from '~/server/viewer'
import { hasWords, say } from '~/words'

/** A name that somebody chose, made harmless for a mail: no program makes a link or a second line of it. */
export function mailName(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[.:/\\@<>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain || say('notifications.somebody')
}

/** “Dara Quinn (Tern Works, support)”: the seat is computed, so nobody can write themselves one. */
export function nameWithSeat(who: HandleInfo): string {
  return `${mailName(who.displayName)} (${seatWords(who.seat)})`
}

function seatWords({ kind, vendorName, role }: SeatInfo): string {
  const vendor = vendorName ? mailName(vendorName) : ''
  if (kind === 'staff') return vendor ? say(role ? 'ui.seat.staffRole' : 'ui.seat.staff', { vendor, role }) : say('ui.seat.staffAlone')
  if (kind === 'partner') return vendor ? say('ui.seat.partner', { vendor }) : say('ui.seat.partnerAlone')
  return say(`ui.seat.${kind}`)
}

/** What happened, in the words of the inbox. */
export function whatHappened(kind: string, why: string, who: string): string {
  const key = `notifications.${kind}.${why}`
  return hasWords(key) ? say(key, { who }) : say('notifications.somethingNew', { who })
}

export const inHtml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

/** Small enough for every mail program: one column, no picture, nothing fetched. */
export function mailPage(preheader: string, parts: string[], foot: string[]): string {
  const line = (html: string) => `<p style="margin:0 0 8px">${html}</p>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${inHtml(preheader)}</title></head>
<body style="margin:0;padding:24px;background:#fbf9f5;color:#22201c;font:16px/1.5 Georgia,serif"><div style="max-width:600px;margin:0 auto">
${parts.join('\n')}
<div style="margin-top:32px;border-top:1px solid #ddd6c8;padding-top:12px;font:13px/1.5 sans-serif;color:#6b655a">${foot.map(line).join('')}</div>
</div></body></html>`
}

export const htmlLink = (to: string, words: string) => `<a href="${inHtml(to)}" style="color:#0f6466">${inHtml(words)}</a>`
