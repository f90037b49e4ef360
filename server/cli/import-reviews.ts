import type { Command } from 'commander'
import { importReviews, isReviewFormat, REVIEW_FORMATS, type ReviewReport } from '~/server/imports'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import { answering, table } from './answering'

type Options = { vendor?: string; site?: string; dryRun?: boolean }

export function addImportReviews(program: Command) {
  const formats = Object.keys(REVIEW_FORMATS).join(', ')
  program
    .command('import-reviews <format> <directory>')
    .description(`quote reviews from somewhere else (${formats}); a second run changes nothing`)
    .option('--vendor <name>', 'whose products these are, where the file does not say')
    .option('--site <name>', 'the site that they come from, where the file does not say')
    .option('--dry-run', 'read and check everything, say what would be done, write nothing')
    .action(
      answering(async (_, format: string, directory: string, { vendor, site, dryRun }: Options) => {
        if (!isReviewFormat(format)) throw new Error(say('import.reviews.format', { format, formats }))
        if (format === 'fine-foods' && !vendor) throw new Error(say('import.reviews.vendor'))
        const report = await importReviews(systemViewer('import'), directory, {
          format,
          ...(vendor ? { vendor } : {}),
          ...(site ? { site } : {}),
          dryRun: dryRun ?? false,
        })
        return { json: report, text: inWords(report) }
      }),
    )
}

function inWords({ file, dryRun, written, unchanged, broken }: ReviewReport) {
  const kinds = Object.keys(written) as (keyof typeof written)[]
  const more = broken.count - broken.rows.length
  return [
    say(dryRun ? 'import.reviews.dryRun' : 'import.reviews.done', { file }),
    table([
      ...kinds.map((kind) => [say(`import.kind.${kind}`), say('import.reviews.new', { written: written[kind] })]),
      [say('import.reviews.unchanged'), String(unchanged)],
    ]),
    ...(broken.count > 0
      ? ['', say('import.leftOut'), table(broken.rows.map(({ row, reason }) => [say('import.reviews.row', { row }), reason]))]
      : []),
    ...(more > 0 ? [say('import.reviews.more', { count: more })] : []),
  ].join('\n')
}
