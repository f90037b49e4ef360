export { ReferenceRows } from './reference-rows'
export { Named, RequestFacts, RequestTally } from './request'
export { RequestRows, type RequestRow } from './request-rows'
export { SizeAndIndustry } from './size-and-industry'
