export { FileForm } from './file-form'
export { FileFound } from './file-found'
export { RowsTable } from './rows-table'
