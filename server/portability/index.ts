export { askExport } from './asking'
export { forgetExports } from './forgetting'
export { exportTasks } from './making'
export { exportPage, fetchExport, type ExportShown } from './reading'
