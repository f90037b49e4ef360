export { FilesField } from './files-field'
export { PostFiles } from './post-files'
