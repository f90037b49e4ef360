export { DeletionTask } from './deletion-task'
export { Ending } from './ending'
