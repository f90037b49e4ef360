/** What policy.ts may know of a thing. The caller loads it; the policy never does. */
export type InCommunity = { communityId: string; access: 'open' | 'request' | 'invitation' }
export type Authored = { handleId: string }
export type Hideable = { hidden: boolean }
export type Lockable = { locked: boolean }
export type InThread = { askerHandleId: string }
export type OfVendor = { vendorId: string }
export type Concerned = { vendorId: string | null }
/** A vendor, and who owns what nobody else there owns. */
export type LedFacts = OfVendor & { defaultOwnerId: string | null }
/** A record that changes hands: from whom, to whom, and who began it; whoever owns what nobody else owns leads them. */
export type HandOffFacts = LedFacts & { fromId: string | null; toId: string; startedBy: string | null }
/** Where somebody speaks for a customer since they said so, or is asked to. */
export type SeatFacts = OfPerson & OfVendor & { acceptedAt: Date | null }
/** A step of a plan, who speaks for the customer there, and who is asked to or does. */
export type StepFacts = OfVendor & { side: 'ours' | 'theirs'; speakers: string[]; seated: string[] }
export type OfPerson = { personId: string | null }
export type OfHandle = { handleId: string }
/** `onViewer`: they have flagged something that the viewer wrote. */
export type ReporterFacts = OfHandle & { onViewer: boolean }
/** Whoever ever said that they are this imported author. */
export type Claimed = { claimants: string[] }

/** A request for recommendations: what is said there is said of vendors. */
export type OfPeers = { isRequest?: boolean }
export type ThreadFacts = InCommunity & Authored & Hideable & Lockable & OfPeers
export type IdeaFacts = ThreadFacts & Concerned & { hosted: boolean }
/** A check hid it, and no person has looked at it: its author may mend it. */
export type Mendable = { mendable?: boolean }
export type PostFacts = InCommunity & Authored & Hideable & Lockable & InThread & Mendable & OfPeers
export type ServedThreadFacts = ThreadFacts & Concerned
export type AnswerFacts = PostFacts & Concerned
export type WordedFacts = PostFacts & { fromCase: boolean }
export type SuggestionFacts = WordedFacts & { suggestedBy: string }
/** A private case: between whom and which vendor, whose question it is today, and since when the asker takes part. */
export type CaseFacts = InCommunity & OfVendor & OfHandle & { askedBy: string; continuedAt: Date | null }
/** A decision, and who may not judge it again: who made it, whom it concerns and who flagged what it is about. */
export type DecisionFacts = { subjectKind: string; inRoom: InCommunity | null; decidedBy: string | null; parties: string[] }
/** An appeal: of whom it concerns, or of whoever flagged it. */
export type AppealFacts = DecisionFacts & { standing: 'target' | 'reporter'; targetHandleId: string | null }
export type ContestableFacts = { mayContest: string[] }
export type RecommendationFacts = OfVendor & Authored & Hideable
/** A recommendation, and whether its author may be asked to be a reference. */
export type WillingFacts = RecommendationFacts & { willing: boolean }
/** Who asked whom to be a reference. */
export type ReferenceFacts = { askedBy: string; askedOf: string }
