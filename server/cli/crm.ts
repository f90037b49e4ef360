import type { Command } from 'commander'
import { type CheckedFile, checkCrm, type CrmCheck, FATES, type RowFate } from '~/server/crm-imports'
import { say } from '~/words'
import { answeringAlone, table } from './answering'

const BASES = ['contract', 'consent', 'legitimate-interest', 'legal-obligation']

export function addCrm(program: Command) {
  program
    .command('crm')
    .description('bring a customer database along')
    .command('check <place>')
    .description('say what an import of a file or folder (Salesforce, HubSpot, Maven CRM) would do with every row; writes nothing')
    .option('--basis <ground>', `the lawful ground on which all of these people may be kept (${BASES.join(', ')})`)
    .action(
      answeringAlone(async (place: string, { basis }: { basis?: string }) => {
        if (basis !== undefined && !BASES.includes(basis)) throw new Error(say('crm.basis', { basis, bases: BASES.join(', ') }))
        const check = await checkCrm(place, { basis: basis !== undefined })
        return { json: check, text: inWords(check), failed: check.files.some(({ refused }) => refused && refused.because !== 'noRecords') }
      }),
    )
}

function inWords(check: CrmCheck): string {
  return [
    say('crm.nothingWritten'),
    ...check.files.flatMap((file) => ['', fileInWords(file), ...columnsInWords(file)]),
    '',
    table(FATES.map((fate) => [say(`crm.fate.${fate}`), String(check.fates[fate])])),
    say('crm.affiliations', { count: check.affiliations }),
    ...stagesInWords(check),
    ...productsInWords(check),
    '',
    say('crm.rows'),
    ...check.rows.map(rowInWords),
  ].join('\n')
}

function fileInWords({ file, source, object, kind, rows, refused }: CheckedFile) {
  if (refused) return say('crm.fileRefused', { file: shown(file), reason: refused.reason })
  if (!source || !kind) return say('crm.fileUnknown', { file: shown(file), rows })
  return say('crm.file', { file: shown(file), rows, source: say(`crm.source.${source}`), object, kind: say(`crm.kind.${kind}`) })
}

function columnsInWords({ columns, kind }: CheckedFile) {
  if (!kind || columns.length === 0) return []
  const becomes = (fields: string[]) => fields.map((field) => `${kind}.${field}`).join(', ') || say('crm.column.staysBehind')
  return [table(columns.map((one) => [`  ${shown(one.column)}`, becomes(one.becomes), say('crm.column.blank', { blank: one.blank })]))]
}

function stagesInWords({ stages }: CrmCheck) {
  if (stages.length === 0) return []
  const rows = stages.map(({ stage, rows, amount }) => [`  ${shown(stage) || say('crm.noStage')}`, say('crm.stage', { rows, amount })])
  return ['', say('crm.stages'), table(rows)]
}

function productsInWords({ productNames }: CrmCheck) {
  if (productNames.length === 0) return []
  const said = ({ rows, proposed }: CrmCheck['productNames'][number]) =>
    proposed ? say('crm.productProposed', { rows, proposed: shown(proposed) }) : say('crm.productNone', { rows })
  return ['', say('crm.products'), table(productNames.map((one) => [`  ${shown(one.name)}`, said(one)]))]
}

function rowInWords({ file, row, fate, because, of, perhaps }: RowFate) {
  return [
    `${say('crm.row', { file: shown(file), row: String(row) })}: ${say(`crm.fate.${fate}`)}.`,
    ...because.map((reason) => say(`crm.because.${reason}`)),
    ...(of ? [say('crm.of', { file: shown(of.file), row: String(of.row) })] : []),
    ...(perhaps
      ? [say('crm.perhaps', { file: shown(perhaps.file), row: String(perhaps.row), reason: say(`crm.likeness.${perhaps.because}`) })]
      : []),
  ].join(' ')
}

/** What strangers wrote is shown without anything that a terminal would obey. */
function shown(text: string) {
  return text.replace(/\p{C}/gu, '�').slice(0, 80)
}
