import type { PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

const PARTS = [
  'vault.json',
  'profile.jscontact.json',
  'profile.vcf',
  'attributes.csv',
  'earlier-values.ndjson',
  'grants.jsonld',
  'terms.json',
  'agreements',
  'receipts',
  'keys.jwks.json',
  'access-log.ndjson',
  'contributions.jsonld',
  'credits.jsonld',
  'drafts.ndjson',
  'private-cases.ndjson',
  'notifications.json',
  'files',
  'manifest.json',
] as const

/** The page that somebody opens first: what lies beside it, in plain sentences. */
export function readme(viewer: PersonViewer, at: Date): string {
  const rows = PARTS.map((part) => `<dt><code>${part}</code></dt><dd>${escaped(say(`portability.part.${part}`))}</dd>`).join('\n')
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(say('portability.readme.title', { handle: viewer.handle }))}</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}dt{margin-top:1rem}</style>
<h1>${escaped(say('portability.readme.title', { handle: viewer.handle }))}</h1>
<p>${escaped(say('portability.readme.lede', { day: sayDate(at) }))}</p>
<dl>
${rows}
</dl>
</html>
`
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)
