export { ImportError } from './import-error'
export type { ImportSet } from './imported'
export { readStackExchange } from './stack-exchange'
export { readThunderbird } from './thunderbird'
