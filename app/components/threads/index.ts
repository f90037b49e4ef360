export { NewBar } from './new-bar'
export { PostBody } from './post-body'
export { VoteBox } from './vote-box'
