import type { Command } from 'commander'
import {
  asIdeaBoard,
  importCommunity,
  type ImportReport,
  type ImportSet,
  readFider,
  readPetitions,
  readStackExchange,
  readThunderbird,
  readVotedIssues,
} from '~/server/imports'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import { answering, table } from './answering'

type Options = { community: string; name?: string; site?: string; ideas?: boolean; dryRun?: boolean }

export function addImport(program: Command) {
  const imports = program.command('import').description('bring a community in from somewhere else; a second run changes nothing')

  const format = (name: string, description: string, read: (directory: string, options: Options) => Promise<ImportSet>) =>
    imports
      .command(`${name} <directory>`)
      .description(description)
      .requiredOption('--community <slug>', 'where to; one that is not there yet becomes an open, independent community')
      .option('--name <name>', 'what such a new community is called')
      .option('--dry-run', 'read and check everything, say what would be done, write nothing')
      .action(
        answering(async (_, directory: string, options: Options) => {
          if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(options.community)) throw new Error(say('import.slug'))
          const set = await read(directory, options)
          const report = await importCommunity(systemViewer('import'), set, {
            slug: options.community,
            ...(options.name ? { name: options.name } : {}),
            dryRun: options.dryRun ?? false,
          })
          return { json: report, text: inWords(report) }
        }),
      )

  format('thunderbird', 'questions.csv and answers.csv of support.mozilla.org', (directory) => readThunderbird(directory))
  format('stackexchange', 'the XML files of a Stack Exchange data dump', async (directory, { site, ideas }) => {
    const set = await readStackExchange(directory, site ? { site } : {})
    return ideas ? asIdeaBoard(set) : set
  })
    .option('--site <url>', 'the address of the site, if no SOURCE.md beside the files has it')
    .option('--ideas', 'a site about a site: what is tagged as a request or a bug, or has a status, is an idea')
  format('fider', 'posts.csv of a Fider site', (directory, { site }) => readFider(directory, site ? { site } : {})).option(
    '--site <url>',
    'the address of the site',
  )
  format('voted-issues', 'voted-issues.json: the issues of a project by their votes', (directory) => readVotedIssues(directory))
  format('petitions', 'petitions.csv: petitions with their signatures', (directory) => readPetitions(directory))
}

function inWords({ community, source, dryRun, written, unchanged, notImported }: ImportReport) {
  const kinds = Object.keys(written) as (keyof typeof written)[]
  return [
    say(dryRun ? 'import.dryRun' : 'import.done', { community, source }),
    table(kinds.map((kind) => [say(`import.kind.${kind}`), say('import.counts', { written: written[kind], unchanged: unchanged[kind] })])),
    ...(notImported.length > 0
      ? ['', say('import.leftOut'), table(notImported.map(({ kind, count, reason }) => [String(count), kind, reason]))]
      : []),
  ].join('\n')
}
