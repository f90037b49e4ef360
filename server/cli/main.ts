import { Command } from 'commander'
import { addAudit } from './audit'
import { addBackup } from './backup'
import { addCrm } from './crm'
import { addDeliveries } from './deliveries'
import { addDoctor } from './doctor'
import { addImport } from './import'
import { addImportReviews } from './import-reviews'
import { addMail } from './mail'
import { addPerson } from './person'
import { addPosts } from './posts'
import { addReceipts } from './receipts'
import { addVault } from './vault'

const program = new Command('parley')
  .description('Runs and mends a Parley portal from the command line.')
  .option('--json', 'print one JSON document and nothing else')

addDoctor(program)
addImport(program)
addImportReviews(program)
addCrm(program)
addPerson(program)
addPosts(program)
addReceipts(program)
addDeliveries(program)
addMail(program)
addAudit(program)
addBackup(program)
addVault(program)

await program.parseAsync()
