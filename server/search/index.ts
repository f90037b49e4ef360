export { indexImported, indexThread } from './indexing'
export { searchPage } from './searching'
