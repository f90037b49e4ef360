export { openBackup, type Backup } from './reading'
export {
  asAdmin,
  databaseName,
  dropDatabase,
  inDatabase,
  loadBackup,
  makeDatabaseLike,
  restoreFiles,
  switchDatabases,
  whoIsIn,
} from './restoring'
export { writeBackup } from './writing'
