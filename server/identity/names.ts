import { getDomain } from 'tldts'

/** As two spellings of one name are compared: one form of each letter, no case, no accents, no punctuation, single spaces. */
export function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}&+]+/gu, ' ')
    .trim()
}

/** Longest first, each as it is folded; what it stands for is what is kept. */
const SUFFIXES: [folded: string, kept: string][] = (
  [
    ['gmbh co kg', 'GmbH & Co. KG'],
    ['gmbh & co kg', 'GmbH & Co. KG'],
    ['ag & co kg', 'AG & Co. KG'],
    ['sp z o o', 'Sp. z o.o.'],
    ['pty ltd', 'Pty Ltd'],
    ['pte ltd', 'Pte Ltd'],
    ['pvt ltd', 'Pvt Ltd'],
    ['co ltd', 'Co. Ltd'],
    ['s a r l', 'SARL'],
    ['s r l', 'S.r.l.'],
    ['s r o', 's.r.o.'],
    ['s p a', 'S.p.A.'],
    ['s a s', 'SAS'],
    ['b v', 'B.V.'],
    ['n v', 'N.V.'],
    ['s a', 'S.A.'],
    ['s l', 'S.L.'],
    ['a s', 'A/S'],
    ['e v', 'e. V.'],
    ...['gmbh:GmbH', 'ggmbh:gGmbH', 'ug:UG', 'ag:AG', 'kg:KG', 'ohg:OHG', 'gbr:GbR', 'se:SE', 'eg:eG', 'ev:e. V.', 'mbh:mbH', 'kgaa:KGaA'],
    ...[
      'ltd:Ltd',
      'limited:Ltd',
      'llc:LLC',
      'llp:LLP',
      'lp:LP',
      'plc:PLC',
      'inc:Inc.',
      'incorporated:Inc.',
      'corp:Corp.',
      'corporation:Corp.',
      'co:Co.',
      'company:Co.',
    ],
    ...[
      'sarl:SARL',
      'sas:SAS',
      'sasu:SASU',
      'eurl:EURL',
      'sa:S.A.',
      'srl:S.r.l.',
      'spa:S.p.A.',
      'sl:S.L.',
      'slu:S.L.U.',
      'lda:Lda.',
      'ltda:Ltda.',
    ],
    ...[
      'bv:B.V.',
      'nv:N.V.',
      'vof:VOF',
      'bvba:BVBA',
      'ab:AB',
      'as:AS',
      'asa:ASA',
      'aps:ApS',
      'oy:Oy',
      'oyj:Oyj',
      'sro:s.r.o.',
      'kft:Kft.',
      'zrt:Zrt.',
      'doo:d.o.o.',
      'ood:OOD',
    ],
    ...['kk:K.K.', 'pty:Pty', 'pte:Pte'],
  ] as ([string, string] | string)[]
)
  .map((entry): [string, string] => (typeof entry === 'string' ? (entry.split(':') as [string, string]) : entry))
  .sort(([a], [b]) => b.length - a.length)

export type CompanyName = { name: string; legalSuffix: string; nameNorm: string }

/** A company's name, its legal suffix split off. What is nothing but a suffix is a name. */
export function companyName(typed: string): CompanyName {
  const whole = typed.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  const norm = folded(whole)
  const found = SUFFIXES.find(([suffix]) => norm.endsWith(` ${suffix}`))
  if (!found) return { name: whole, legalSuffix: '', nameNorm: norm || whole.toLowerCase() }
  const [suffix, kept] = found
  return { name: withoutWords(whole, suffix), legalSuffix: kept, nameNorm: norm.slice(0, -suffix.length).trim() }
}

/** Takes words off the end until what they fold to is gone. */
function withoutWords(whole: string, suffix: string): string {
  const words = whole.split(' ')
  for (let kept = words.length - 1; kept > 0; kept -= 1)
    if (folded(words.slice(kept).join(' ')) === suffix)
      return words
        .slice(0, kept)
        .join(' ')
        .replace(/[\s,.&]+$/u, '')
  return whole
}

export type PersonName = { name: string; familyName: string; nameNorm: string }

export function personName(typed: string, family = ''): PersonName {
  const name = typed.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  return { name, familyName: family.normalize('NFKC').replace(/\s+/gu, ' ').trim(), nameNorm: folded(name) || name.toLowerCase() }
}

/** The family name as it was given, or what stands last; “Haddad, Amina” has it in front. */
export function surnameOf({ name, familyName }: { name: string; familyName: string }): string {
  if (familyName) return folded(familyName)
  const [before, after] = name.split(',')
  return folded(after?.trim() ? (before ?? '') : (name.split(' ').at(-1) ?? ''))
}

const SOUNDS: [RegExp, string][] = [
  [/ph|gh(?=t)/g, 'f'],
  [/sch|sh|ch|cz|cs/g, 's'],
  [/[bfpvw]/g, '1'],
  [/[cgjkqsxz]/g, '2'],
  [/[dt]/g, '3'],
  [/l/g, '4'],
  [/[mn]/g, '5'],
  [/r/g, '6'],
]

/** How a surname sounds, roughly: Meyer is Maier, Haddad is Hadad. Of one that has no Latin letters, how it begins. */
export function soundOf(surname: string): string {
  const letters = folded(surname).replace(/[^a-z]/g, '')
  if (!letters) return folded(surname).slice(0, 3)
  const coded = SOUNDS.reduce((word, [letter, digit]) => word.replace(letter, digit), letters)
  const code = coded
    .replace(/(\d)\1+/g, '$1')
    .replace(/[^\d]/g, '')
    .replace(/(\d)\1+/g, '$1')
  return code ? code.slice(0, 5) : letters.slice(0, 3)
}

/** Houses where anybody may have a mailbox: they say nothing of an organisation. */
const FREE_MAIL = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.jp ymail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de outlook.com
  outlook.de outlook.fr live.com live.nl msn.com aol.com aol.de icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de
  freenet.de mail.de posteo.de posteo.net mailbox.org proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io fastmail.com fastmail.fm hey.com
  zoho.com mail.com email.com inbox.com yandex.ru yandex.com mail.ru bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com naver.com
  daum.net hanmail.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it tin.it ziggo.nl xs4all.nl kpnmail.nl
  planet.nl telenet.be skynet.be bluewin.ch hispeed.ch seznam.cz wp.pl o2.pl onet.pl interia.pl uol.com.br bol.com.br terra.com.br rediffmail.com
  comcast.net verizon.net att.net sbcglobal.net cox.net btinternet.com sky.com ntlworld.com bigpond.com optusnet.com.au shaw.ca rogers.com`.split(
    /\s+/,
  ),
)

/** The part of a web or mail address that somebody registered; null where anybody may have a mailbox there. */
export function domainOf(typed: string): string | null {
  const domain = getDomain(typed.trim().toLowerCase().replace(/^.*@/, ''), { allowPrivateDomains: true })
  return domain && !FREE_MAIL.has(domain) ? domain : null
}
