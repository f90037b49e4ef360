export type { CommunityHeader, CommunityRow } from './reading'
