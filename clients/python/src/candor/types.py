"""What goes over the wire. Written by clients/generate.py from the OpenAPI document."""

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

class Acknowledged(TypedDict):
    """What became of feedback."""

    accepted: "int"
    known: "int"

class Action(TypedDict):
    """What can be done next with one click."""

    ask: "Question"
    label: "str"
    undoable: "bool"

class Alive(TypedDict):
    """The server runs."""

    status: "str"

class Answer(TypedDict):
    """Recommendations with their reasons."""

    as_of: "AsOf"
    items: "list[AnsweredItem]"
    model_version: "ModelVersion"
    planted: NotRequired["list[Planted]"]
    profiled: "bool"
    request_id: "RequestId"
    simulated: "bool"
    variant: "str"
    warnings: "list[str]"

class Answered(TypedDict):
    """What became of answers."""

    n_answered: "int"
    n_open: "int"

class AnsweredItem(TypedDict):
    """One recommended item."""

    item_id: "ItemId"
    rank: "int"
    reasons: "list[Reason]"
    score: "float"
    signals: "dict[str, float]"

class Answers(TypedDict):
    """Answers to a questionnaire, all at once or one by one."""

    answers: NotRequired["dict[str, int]"]
    survey_id: "SurveyId"
    words: NotRequired["str | None"]

AsOf: TypeAlias = "IngestId"

class AskRequest(TypedDict):
    """A question about what a shopper is shown, or about what the shop sells."""

    ask: NotRequired["Question | None"]
    conversation: NotRequired["str | None"]
    item_id: NotRequired["ItemId | None"]
    lang: NotRequired["Language | None"]
    list: NotRequired["Request"]
    question: NotRequired["str | None"]
    request_id: NotRequired["RequestId | None"]
    shopper: NotRequired["SubjectId | None"]

class Asked(TypedDict):
    """An answer to a question."""

    actions: "list[Action]"
    answered: "bool"
    as_of: "AsOf"
    can_ask: "list[str]"
    claims: "list[Claim]"
    conversation: "str"
    effect: NotRequired["Effect | None"]
    forgotten: NotRequired["Forgotten | None"]
    intent: "str"
    items: "list[ItemId]"
    lang: "Language"
    model_version: "ModelVersion"
    request_id: "RequestId"
    sentences: "list[Sentence]"
    simulated: "bool"
    text: "str"
    understood: NotRequired["Question | None"]

class AskedItem(TypedDict):
    """One item to be shown."""

    id: "str"
    text: "str"

class Attribute3(TypedDict):
    """A named attribute of the feed."""

    named: "str"

Attribute: TypeAlias = "Literal['brand'] | Literal['category'] | Attribute3"

Bar: TypeAlias = "Literal['not_sold', 'not_ranked_yet', 'out_of_stock', 'adult', 'category', 'brand', 'price', 'excluded', 'on_the_page', 'dealt_with', 'not_interested', 'asked_for_cheaper', 'asked_for_other_brand']"

class Card(TypedDict):
    brand: "str"
    category: "str"
    in_stock: "bool"
    item_id: "str"
    price: "str"
    title: "str"
    bars: "list[Bar]"
    rank: "int"
    why: NotRequired["Why | None"]

class Cards(TypedDict):
    """Recommendations in words, ready to be shown as text."""

    items: "list[Card]"
    lang: "Language"
    profiled: "bool"
    request_id: "str"
    simulated: "bool"

class CatalogueProof(TypedDict):
    """A part of the catalogue entry that a sentence rests on."""

    field: "str"
    proof_id: "ClaimId"
    value: "str"

class Change(TypedDict):
    """What a variant changes. A missing field leaves things as they are."""

    explain: NotRequired["bool | None"]
    kinds: NotRequired["list[str]"]
    model: NotRequired["ModelVersion | None"]
    phrasing: NotRequired["Phrasing | None"]
    ranker: NotRequired["str | None"]
    weights: NotRequired["dict[str, Any]"]

class CircumstanceDaypart(TypedDict):
    """The part of the buyer's day."""

    context: "Literal['daypart']"
    value: "Daypart"

class CircumstanceWeekday(TypedDict):
    """The buyer's day of the week, 0 is Monday."""

    context: "Literal['weekday']"
    value: "int"

class CircumstanceSeason(TypedDict):
    """The season of the northern hemisphere."""

    context: "Literal['season']"
    value: "Season"

class CircumstanceRegion(TypedDict):
    """Country or region code."""

    context: "Literal['region']"
    value: "str"

class CircumstanceDevice(TypedDict):
    """Class of device."""

    context: "Literal['device']"
    value: "Device"

Circumstance: TypeAlias = "CircumstanceDaypart | CircumstanceWeekday | CircumstanceSeason | CircumstanceRegion | CircumstanceDevice"

class Claim(TypedDict):
    kind: "Literal['contributed', 'flips', 'bought_together', 'viewed_then', 'shares_attribute', 'similar_text', 'popular', 'price_fit', 'rated', 'reviewers_say', 'discounted', 'in_context', 'promoted', 'new_arrival', 'varied', 'asked_for', 'barred', 'outranked', 'would_be', 'above', 'priced', 'stocked', 'described', 'mentions', 'costs_less', 'taste', 'unknown_shopper']"
    facts: "dict[str, Any]"
    as_of: "AsOf"
    claim_id: "ClaimId"
    evidence: "list[HistoryRef]"
    item_id: "ItemId"
    model_version: "ModelVersion"
    verdict: "Verdict"

ClaimId: TypeAlias = "str"

class Collected(TypedDict):
    """What became of a batch of events."""

    accepted: "int"
    erased: NotRequired["int"]
    identified: NotRequired["int"]
    known: "int"
    left_out: NotRequired["list[Rejected]"]
    rejected: "list[Rejected]"

class ConceptCategory(TypedDict):
    """A category at any level, in any language."""

    of: "Literal['category']"
    value: "str"

class ConceptBrand(TypedDict):
    """A brand, in any language."""

    of: "Literal['brand']"
    value: "str"

class ConceptWord(TypedDict):
    """A word of title, brand, categories or attributes."""

    of: "Literal['word']"
    value: "str"

Concept: TypeAlias = "ConceptCategory | ConceptBrand | ConceptWord"

class Content(TypedDict):
    """Drafts, and what they rest on."""

    as_of: "AsOf"
    catalogue: "list[CatalogueProof]"
    claims: "list[Claim]"
    drafts: "list[Draft]"
    item_id: "ItemId"
    kind: "ContentKind"
    lang: "Language"
    simulated: "bool"

ContentKind: TypeAlias = "Literal['description', 'ad']"

class ContentRequest(TypedDict):
    """What is to be drafted."""

    drafts: NotRequired["int"]
    item_id: "ItemId"
    kind: NotRequired["ContentKind"]
    lang: NotRequired["Language | None"]
    phrasing: NotRequired["Phrasing | None"]
    shopper: NotRequired["SubjectId | None"]

class CorrectionWrongReason(TypedDict):
    """A claim of a reason does not hold for them: it is not told again of this item, and what it"""

    do: "Literal['wrong_reason']"
    evidence: NotRequired["list[HistoryRef]"]
    item_id: "ItemId"
    kind: "str"

class CorrectionDoNotUse(TypedDict):
    """Part of the history is not to be used."""

    do: "Literal['do_not_use']"
    unused: "Unused"

class CorrectionGift(TypedDict):
    """The events so far with an item were for somebody else."""

    do: "Literal['gift']"
    item_id: "ItemId"

class CorrectionNotInterested(TypedDict):
    """An item is not to be shown, and nothing done with it so far to be used, unless it was bought."""

    do: "Literal['not_interested']"
    item_id: "ItemId"

class CorrectionMore(TypedDict):
    """More of something."""

    concept: "Concept"
    do: "Literal['more']"

class CorrectionLess(TypedDict):
    """Less of something."""

    concept: "Concept"
    do: "Literal['less']"

class CorrectionCheaper(TypedDict):
    """In its category, only what costs less than this item."""

    do: "Literal['cheaper']"
    than: "ItemId"

class CorrectionOtherBrand(TypedDict):
    """In its category, nothing of this item's brand."""

    do: "Literal['other_brand']"
    than: "ItemId"

class CorrectionSetTags(TypedDict):
    """These tags, instead of those set before."""

    do: "Literal['set_tags']"
    tags: "list[Tag]"

class CorrectionStopProfiling(TypedDict):
    """Nothing is to be computed from the history."""

    do: "Literal['stop_profiling']"

Correction: TypeAlias = "CorrectionWrongReason | CorrectionDoNotUse | CorrectionGift | CorrectionNotInterested | CorrectionMore | CorrectionLess | CorrectionCheaper | CorrectionOtherBrand | CorrectionSetTags | CorrectionStopProfiling"

class CounterfactualChangeWithout(TypedDict):
    """These steps of the history are not used; the others keep their distance."""

    change: "Literal['without']"
    history: "list[HistoryRef]"

class CounterfactualChangeWith(TypedDict):
    """The shopper does this now."""

    change: "Literal['with']"
    did: "EventKind"
    item_id: "ItemId"

class CounterfactualChangePrice(TypedDict):
    """Only prices within these bounds, in major units, both included."""

    change: "Literal['price']"
    max: NotRequired["float | None"]
    min: NotRequired["float | None"]

class CounterfactualChangeIn(TypedDict):
    """The request is made in this circumstance."""

    change: "Literal['in']"
    circumstance: "Circumstance"

CounterfactualChange: TypeAlias = "CounterfactualChangeWithout | CounterfactualChangeWith | CounterfactualChangePrice | CounterfactualChangeIn"

Currency: TypeAlias = "str"

Daypart: TypeAlias = "Literal['night', 'morning', 'afternoon', 'evening']"

Definition = TypedDict("Definition", {
    "control": "str",
    "from": NotRequired["int"],
    "guardrails": NotRequired["list[Metric]"],
    "hypothesis": NotRequired["str"],
    "layer": NotRequired["str"],
    "name": "str",
    "planned_n": NotRequired["float"],
    "primary": NotRequired["list[Metric]"],
    "stopped": NotRequired["bool"],
    "to": NotRequired["int"],
    "variants": "list[Variant]",
})

class Delivered(TypedDict):
    as_of: "AsOf"
    items: "list[AnsweredItem]"
    model_version: "ModelVersion"
    planted: NotRequired["list[Planted]"]
    profiled: "bool"
    request_id: "RequestId"
    simulated: "bool"
    variant: "str"
    warnings: "list[str]"
    audit: NotRequired["dict[str, Any] | None"]

Device: TypeAlias = "Literal['phone', 'tablet', 'desktop']"

class Draft(TypedDict):
    """One text, to be read by somebody before anybody else does."""

    ai_generated: "bool"
    sentences: "list[Sentence]"
    text: "str"
    worded_by: NotRequired["WordedBy | None"]

class Effect(TypedDict):
    """A correction that holds, or one that was taken back, and what that does to a list."""

    after: "list[ItemId]"
    before: "list[ItemId]"
    correction: "Correction"
    correction_id: "IngestId"
    taken_back: "bool"

class ErrorBody(TypedDict):
    """What a caller gets when something is wrong."""

    error: "ErrorDetail"

class ErrorDetail(TypedDict):
    """What is wrong, and what to do about it."""

    code: "str"
    hint: "str"
    message: "str"

class EventBatch3(TypedDict):
    """Several, under a name."""

    events: "list[NativeEvent]"

EventBatch: TypeAlias = "NativeEvent | list[NativeEvent] | EventBatch3"

EventKind: TypeAlias = "Literal['view', 'click', 'cart', 'uncart', 'wish', 'purchase', 'refund', 'rate', 'dismiss', 'exposure']"

class Experiments(TypedDict):
    """Every experiment."""

    experiments: "list[Definition]"

class Explanation(TypedDict):
    tree_svg: NotRequired["Text | None"]
    tree_text: NotRequired["Text | None"]

class Exposure(TypedDict):
    """Items that came into view."""

    item_ids: NotRequired["list[ItemId]"]
    request_id: "RequestId"

class Fact(TypedDict):
    """One claim."""

    detail: "str"
    label: "str"
    verdict: "str"
    verified: "bool"

class FactsContributedFacts(TypedDict):
    """These events of the history carry this share of the item's positive score; without them"""

    history: "list[HistoryRef]"
    rank_with: "int"
    rank_without: "int"
    share: "float"

class FactsContributed(TypedDict):
    """These events of the history carry this share of the item's positive score; without them"""

    facts: "FactsContributedFacts"
    kind: "Literal['contributed']"

class FactsFlipsFacts(TypedDict):
    """Without these events the item would not be in the list, and giving back any one of them"""

    history: "list[HistoryRef]"
    instead: "ItemId"
    k: "int"

class FactsFlips(TypedDict):
    """Without these events the item would not be in the list, and giving back any one of them"""

    facts: "FactsFlipsFacts"
    kind: "Literal['flips']"

class FactsBoughtTogether(TypedDict):
    """Distinct shoppers bought both."""

    facts: "PairCounts"
    kind: "Literal['bought_together']"

class FactsViewedThen(TypedDict):
    """Distinct shoppers met the other item first and this one later."""

    facts: "PairCounts"
    kind: "Literal['viewed_then']"

class FactsSharesAttributeFacts(TypedDict):
    """The item shares an attribute with recent history."""

    attribute: "Attribute"
    n_matching: "int"
    n_recent: "int"
    value: "Text"

class FactsSharesAttribute(TypedDict):
    """The item shares an attribute with recent history."""

    facts: "FactsSharesAttributeFacts"
    kind: "Literal['shares_attribute']"

class FactsSimilarTextFacts(TypedDict):
    """Its description resembles another item's."""

    other: "ItemId"
    shared_terms: "list[str]"
    similarity: "float"

class FactsSimilarText(TypedDict):
    """Its description resembles another item's."""

    facts: "FactsSimilarTextFacts"
    kind: "Literal['similar_text']"

class FactsPopularFacts(TypedDict):
    """Many distinct shoppers bought it."""

    buyers: "int"
    rank: "int"
    scope: "PopularScope"
    window: "Window"

class FactsPopular(TypedDict):
    """Many distinct shoppers bought it."""

    facts: "FactsPopularFacts"
    kind: "Literal['popular']"

class FactsPriceFitFacts(TypedDict):
    """What it costs, against what this shopper paid in its category."""

    category: "Text"
    lower_quartile: "Money"
    median: "Money"
    n_prices: "int"
    price: "Money"
    upper_quartile: "Money"

class FactsPriceFit(TypedDict):
    """What it costs, against what this shopper paid in its category."""

    facts: "FactsPriceFitFacts"
    kind: "Literal['price_fit']"

class FactsRatedFacts(TypedDict):
    """Its ratings."""

    mean: "float"
    n: "int"

class FactsRated(TypedDict):
    """Its ratings."""

    facts: "FactsRatedFacts"
    kind: "Literal['rated']"

class FactsReviewersSay(TypedDict):
    """What reviewers say about one aspect of it."""

    facts: "Opinions"
    kind: "Literal['reviewers_say']"

class FactsDiscountedFacts(TypedDict):
    """It costs less than it did."""

    days: "int"
    former: "Money"
    price: "Money"
    since: "Timestamp"

class FactsDiscounted(TypedDict):
    """It costs less than it did."""

    facts: "FactsDiscountedFacts"
    kind: "Literal['discounted']"

class FactsInContextFacts(TypedDict):
    value: "dict[str, Any]"
    context: "Literal['daypart', 'weekday', 'season', 'region', 'device']"
    lift: "float"
    n_in_context: "int"
    n_item: "int"
    n_shop: "int"
    n_shop_in_context: "int"

class FactsInContext(TypedDict):
    """It is bought more in this situation than others are."""

    facts: "FactsInContextFacts"
    kind: "Literal['in_context']"

class FactsPromotedFacts(TypedDict):
    """The shop placed it here."""

    paid: "bool"
    rank_by_score: "int"
    rank_shown: "int"

class FactsPromoted(TypedDict):
    """The shop placed it here."""

    facts: "FactsPromotedFacts"
    kind: "Literal['promoted']"

class FactsNewArrivalFacts(TypedDict):
    """It has not been here long."""

    days: "int"
    since: "Timestamp"

class FactsNewArrival(TypedDict):
    """It has not been here long."""

    facts: "FactsNewArrivalFacts"
    kind: "Literal['new_arrival']"

class FactsVariedFacts(TypedDict):
    """It was placed higher than its score alone, for variety."""

    rank_by_score: "int"
    rank_shown: "int"

class FactsVaried(TypedDict):
    """It was placed higher than its score alone, for variety."""

    facts: "FactsVariedFacts"
    kind: "Literal['varied']"

class FactsAskedForFacts(TypedDict):
    """The shopper asked for more or less of something that holds of it."""

    by: "float"
    concept: "Concept"

class FactsAskedFor(TypedDict):
    """The shopper asked for more or less of something that holds of it."""

    facts: "FactsAskedForFacts"
    kind: "Literal['asked_for']"

class FactsBarredFacts(TypedDict):
    """Why it may not be shown at all."""

    by: "Bar"

class FactsBarred(TypedDict):
    """Why it may not be shown at all."""

    facts: "FactsBarredFacts"
    kind: "Literal['barred']"

class FactsOutrankedFacts(TypedDict):
    """It may be shown, and others come before it."""

    behind: "ItemId"
    k: "int"
    margin: "float"
    rank_by_score: "int"

class FactsOutranked(TypedDict):
    """It may be shown, and others come before it."""

    facts: "FactsOutrankedFacts"
    kind: "Literal['outranked']"

class FactsWouldBeFacts(TypedDict):
    """Where it would stand if something were otherwise: everything that ranks and places was run"""

    changes: "list[CounterfactualChange]"
    k: "int"
    rank_now: NotRequired["int | None"]
    rank_then: NotRequired["int | None"]

class FactsWouldBe(TypedDict):
    """Where it would stand if something were otherwise: everything that ranks and places was run"""

    facts: "FactsWouldBeFacts"
    kind: "Literal['would_be']"

class FactsAboveFacts(TypedDict):
    """It scores higher than another one."""

    leads: "list[Lead]"
    margin: "float"
    most_by: NotRequired["HistoryRef | None"]
    other: "ItemId"
    other_rank: NotRequired["int | None"]
    rank_by_score: NotRequired["int | None"]

class FactsAbove(TypedDict):
    """It scores higher than another one."""

    facts: "FactsAboveFacts"
    kind: "Literal['above']"

class FactsPricedFacts(TypedDict):
    """What it costs."""

    price: NotRequired["Money | None"]

class FactsPriced(TypedDict):
    """What it costs."""

    facts: "FactsPricedFacts"
    kind: "Literal['priced']"

class FactsStockedFacts(TypedDict):
    """Whether it can be bought now."""

    in_stock: "bool"

class FactsStocked(TypedDict):
    """Whether it can be bought now."""

    facts: "FactsStockedFacts"
    kind: "Literal['stocked']"

class FactsDescribedFacts(TypedDict):
    """What the catalogue says of it in one respect."""

    field: "Field"
    values: "list[Text]"

class FactsDescribed(TypedDict):
    """What the catalogue says of it in one respect."""

    facts: "FactsDescribedFacts"
    kind: "Literal['described']"

class FactsMentionsFacts(TypedDict):
    """The catalogue's words for it contain what was asked for."""

    field: "Field"
    word: "str"

class FactsMentions(TypedDict):
    """The catalogue's words for it contain what was asked for."""

    facts: "FactsMentionsFacts"
    kind: "Literal['mentions']"

class FactsCostsLessFacts(TypedDict):
    """It costs less than another one."""

    other: "ItemId"
    other_price: "Money"
    price: "Money"

class FactsCostsLess(TypedDict):
    """It costs less than another one."""

    facts: "FactsCostsLessFacts"
    kind: "Literal['costs_less']"

class FactsTasteFacts(TypedDict):
    """What is taken for a taste of the shopper, from what they did; the item is the newest of it."""

    concept: "Concept"
    history: "list[HistoryRef]"
    share: "float"

class FactsTaste(TypedDict):
    """What is taken for a taste of the shopper, from what they did; the item is the newest of it."""

    facts: "FactsTasteFacts"
    kind: "Literal['taste']"

class FactsUnknownShopperFacts(TypedDict):
    """Nothing of this shopper's history was used."""

    because: "Unknown"

class FactsUnknownShopper(TypedDict):
    """Nothing of this shopper's history was used."""

    facts: "FactsUnknownShopperFacts"
    kind: "Literal['unknown_shopper']"

Facts: TypeAlias = "FactsContributed | FactsFlips | FactsBoughtTogether | FactsViewedThen | FactsSharesAttribute | FactsSimilarText | FactsPopular | FactsPriceFit | FactsRated | FactsReviewersSay | FactsDiscounted | FactsInContext | FactsPromoted | FactsNewArrival | FactsVaried | FactsAskedFor | FactsBarred | FactsOutranked | FactsWouldBe | FactsAbove | FactsPriced | FactsStocked | FactsDescribed | FactsMentions | FactsCostsLess | FactsTaste | FactsUnknownShopper"

class FeedList(TypedDict):
    """Every feed."""

    feeds: "list[FeedState]"

FeedState = TypedDict("FeedState", {
    "asked_by": NotRequired["str | None"],
    "every": NotRequired["str | None"],
    "import": NotRequired["str | None"],
    "is_looking": "bool",
    "looked": NotRequired["Timestamp | None"],
    "n_failed": "int",
    "name": "str",
    "next": NotRequired["Timestamp | None"],
    "outcome": NotRequired["Outcome | None"],
    "problem": NotRequired["str | None"],
    "source": NotRequired["str | None"],
})

FeedbackKind: TypeAlias = "Literal['exposed', 'opened', 'helpful', 'wrong', 'unclear', 'dont_use', 'follow_up', 'opted_out']"

class Field5(TypedDict):
    """As an attribute."""

    named: "str"

Field: TypeAlias = "Literal['title'] | Literal['brand'] | Literal['category'] | Literal['description'] | Field5"

class Filters(TypedDict):
    """What may be shown. Empty lists allow everything."""

    adult: NotRequired["bool"]
    brand: NotRequired["OneOrMany"]
    category: NotRequired["OneOrMany"]
    exclude: NotRequired["list[ItemId]"]
    in_stock: NotRequired["bool"]
    price: NotRequired["PriceRange | None"]

class Forgotten(TypedDict):
    """What is kept of a shopper, or was until they had it erased."""

    answers: "int"
    events: "int"
    reviews: "int"

class Goods(TypedDict):
    """An item as a shop shows it."""

    brand: "str"
    category: "str"
    in_stock: "bool"
    item_id: "str"
    price: "str"
    title: "str"

class HistoryRef(TypedDict):
    """One entry of the history that a reason speaks of."""

    event_id: NotRequired["IngestId | None"]
    item_id: "ItemId"

class ImportList(TypedDict):
    """Every import that is on record."""

    imports: "list[Run]"

IngestId: TypeAlias = "str"

class Item(TypedDict):
    """A product. Everything but the id may be missing: feeds are what they are."""

    attributes: NotRequired["dict[str, list[Text]]"]
    available_since: NotRequired["Timestamp | None"]
    brand: NotRequired["Text"]
    categories: NotRequired["list[Text]"]
    description: NotRequired["Text"]
    further_categories: NotRequired["list[list[Text]]"]
    gtin: NotRequired["str | None"]
    image: NotRequired["str | None"]
    images: NotRequired["list[str]"]
    in_stock: NotRequired["bool | None"]
    item_id: "ItemId"
    price: NotRequired["Money | None"]
    shipping: NotRequired["str | None"]
    title: NotRequired["Text"]
    url: NotRequired["str | None"]

class ItemBatch3(TypedDict):
    """Several, under a name."""

    items: "list[Item]"

ItemBatch: TypeAlias = "Item | list[Item] | ItemBatch3"

ItemId: TypeAlias = "str"

class ItemsPage(TypedDict):
    """One page of the catalogue."""

    items: "list[Item]"
    next_cursor: NotRequired["str | None"]

class ItemsPut(TypedDict):
    """What became of a batch of items."""

    changed: "int"
    rejected: "list[Rejected]"
    unchanged: "int"

class Job(TypedDict):
    """A training and where it is."""

    done: "int"
    ended: NotRequired["Timestamp | None"]
    model_version: NotRequired["ModelVersion | None"]
    of: "int"
    problem: NotRequired["str | None"]
    stage: NotRequired["str | None"]
    started: NotRequired["Timestamp | None"]
    state: "JobState"

JobState: TypeAlias = "Literal['never', 'running', 'done', 'failed']"

class Judgement(TypedDict):
    """What is said of a reason."""

    feedback: "FeedbackKind"

class Kept(TypedDict):
    """One correction on record."""

    correction: "Correction"
    correction_id: "IngestId"
    taken_back: "bool"

Language: TypeAlias = "Literal['zh', 'en', 'ja']"

class Lead(TypedDict):
    """What one signal adds to the lead of one item over another."""

    gap: "float"
    signal: "str"

Method: TypeAlias = "Literal['rule', 'association', 'counterfactual', 'surrogate', 'llm']"

Metric: TypeAlias = "Literal['ctr', 'conversion', 'revenue', 'follow_through', 'satisfaction', 'trust', 'opt_out', 'returns', 'wrong_reasons', 'dismissals']"

ModelVersion: TypeAlias = "str"

class Models(TypedDict):
    """Every model."""

    current: NotRequired["ModelVersion | None"]
    models: "list[dict[str, Any]]"

class Money(TypedDict):
    """An amount in minor units (fen, cents) of one currency."""

    currency: "Currency"
    minor: "int"

class NativeEvent(TypedDict):
    """One event on the wire."""

    currency: NotRequired["Currency | None"]
    device: NotRequired["str | None"]
    item_id: "ItemId"
    kind: "EventKind"
    message_id: NotRequired["str | None"]
    order: NotRequired["str | None"]
    price: NotRequired["float | None"]
    quantity: NotRequired["int | None"]
    region: NotRequired["str | None"]
    request_id: NotRequired["RequestId | None"]
    session: NotRequired["str | None"]
    shopper: NotRequired["SubjectId | None"]
    time: NotRequired["str | None"]
    zone_minutes: NotRequired["int | None"]

class NewReview(TypedDict):
    """One review."""

    item_id: "ItemId"
    message_id: NotRequired["str | None"]
    rating: NotRequired["float | None"]
    shopper: "SubjectId"
    text: NotRequired["str"]
    time: NotRequired["str | None"]
    title: NotRequired["str"]

class Next(TypedDict):
    """A questionnaire, or none."""

    survey: NotRequired["Questions | None"]

OneOrMany: TypeAlias = "str | list[str]"

class OpenQuestion(TypedDict):
    """A question answered in own words, or not at all."""

    max_chars: "int"
    note: "str"
    text: "str"

class Opinions(TypedDict):
    """What reviewers say about one aspect of an item. Each reviewer counts once, with the latest"""

    aspect: "Text"
    faults: "list[Passage]"
    n_negative: "int"
    n_positive: "int"
    n_reviewers: "int"
    praise: "list[Passage]"

Origin: TypeAlias = "Literal['command', 'pushed', 'pulled']"

Outcome: TypeAlias = "Literal['unchanged', 'imported', 'asked', 'unfetched', 'refused']"

class PairCounts(TypedDict):
    """How many distinct shoppers did something with two items."""

    lift: "float"
    n_both: "int"
    n_item: "int"
    n_other: "int"
    other: "ItemId"
    window: "Window"

class Passage(TypedDict):
    """A place in a review where something is said."""

    end: "int"
    review: "IngestId"
    start: "int"

Phrasing: TypeAlias = "Literal['grammar', 'llm', 'llm-wait']"

class Pinned(TypedDict):
    """A place given by hand. The item must be one that may be shown, and its reason always says that"""

    item_id: "ItemId"
    paid: NotRequired["bool"]
    rank: "int"

class Planted(TypedDict):
    """Something wrong that was put into an answer on purpose, to see whether it is noticed."""

    rank: "int"
    reason_of: NotRequired["int | None"]
    what: "PlantedError"

PlantedError: TypeAlias = "Literal['wrong_item', 'wrong_reason']"

class PopularScopeShop(TypedDict):
    """The whole shop."""

    among: "Literal['shop']"

class PopularScopeCategory(TypedDict):
    """The items of one narrowest category."""

    among: "Literal['category']"
    category: "Text"

PopularScope: TypeAlias = "PopularScopeShop | PopularScopeCategory"

class Preferences(TypedDict):
    """The decisions of a shopper about themselves. The default decides nothing."""

    language: NotRequired["Language | None"]
    profiling: NotRequired["bool"]

class PriceRange(TypedDict):
    """Bounds of a price in major units (yuan, dollars), both included."""

    currency: NotRequired["Currency | None"]
    max: NotRequired["float | None"]
    min: NotRequired["float | None"]

class Profile(TypedDict):
    """What is taken for a shopper's tastes, and what they said themselves."""

    as_of: "AsOf"
    corrections: "list[Kept]"
    model_version: "ModelVersion"
    n_events: "int"
    profiled: "bool"
    tags: "list[Tag]"
    tastes: "list[Taste]"

class Progress(TypedDict):
    """How far the reading is."""

    bytes: "int"
    of_bytes: "int"
    read: "int"
    stored: "int"

class QuestionWhy(TypedDict):
    """Why is this shown?"""

    intent: "Literal['why']"
    item: "ItemId"

class QuestionWhyNot(TypedDict):
    """Why is this not shown?"""

    intent: "Literal['why_not']"
    item: "ItemId"

class QuestionWhyOver(TypedDict):
    """Why does this come before that?"""

    intent: "Literal['why_over']"
    item: "ItemId"
    other: "ItemId"

class QuestionWhatIf(TypedDict):
    """What would be shown otherwise?"""

    changes: "list[CounterfactualChange]"
    intent: "Literal['what_if']"

class QuestionHowTo(TypedDict):
    """What would bring this in?"""

    intent: "Literal['how_to']"
    item: "ItemId"

class QuestionCompare(TypedDict):
    """What is the difference?"""

    intent: "Literal['compare']"
    items: "list[ItemId]"

class QuestionWhatYouKnow(TypedDict):
    """What is known of me?"""

    intent: "Literal['what_you_know']"

class QuestionPrice(TypedDict):
    """What does it cost?"""

    intent: "Literal['price']"
    item: "ItemId"

class QuestionStock(TypedDict):
    """Can it be bought?"""

    intent: "Literal['stock']"
    item: "ItemId"

class QuestionAttribute(TypedDict):
    """What does the catalogue say of it?"""

    field: NotRequired["Field | None"]
    intent: "Literal['attribute']"
    item: "ItemId"

class QuestionReviews(TypedDict):
    """What do reviewers say?"""

    intent: "Literal['reviews']"
    item: "ItemId"

class QuestionWhichFits(TypedDict):
    """Which of the items shown fits?"""

    at_most: NotRequired["float | None"]
    intent: "Literal['which_fits']"
    words: "list[str]"

class QuestionHowItWorks(TypedDict):
    """How does the shop recommend?"""

    intent: "Literal['how_it_works']"

class QuestionMyData(TypedDict):
    """What is kept of me, and what becomes of it?"""

    intent: "Literal['my_data']"

class QuestionCorrect(TypedDict):
    """Put this right."""

    correction: "Correction"
    intent: "Literal['correct']"

class QuestionUndo(TypedDict):
    """Take back the last correction, or the one named."""

    correction_id: NotRequired["IngestId | None"]
    intent: "Literal['undo']"

class QuestionStopProfiling(TypedDict):
    """Switch profiling off: asks whether that is meant, and does it once confirmed."""

    confirmed: NotRequired["bool"]
    intent: "Literal['stop_profiling']"

class QuestionForgetMe(TypedDict):
    """Have me erased: asks whether that is meant, and does it once confirmed, for good."""

    confirmed: NotRequired["bool"]
    intent: "Literal['forget_me']"

Question: TypeAlias = "QuestionWhy | QuestionWhyNot | QuestionWhyOver | QuestionWhatIf | QuestionHowTo | QuestionCompare | QuestionWhatYouKnow | QuestionPrice | QuestionStock | QuestionAttribute | QuestionReviews | QuestionWhichFits | QuestionHowItWorks | QuestionMyData | QuestionCorrect | QuestionUndo | QuestionStopProfiling | QuestionForgetMe"

class Questions(TypedDict):
    """A questionnaire to be shown."""

    high: "str"
    items: "list[AskedItem]"
    lang: "Language"
    low: "str"
    n_points: "int"
    survey_id: "SurveyId"
    version: "str"
    words: NotRequired["OpenQuestion | None"]

class Ready(TypedDict):
    """The server can answer."""

    model_version: "ModelVersion"
    status: "str"

class Reason(TypedDict):
    """Why an item is shown: verified claims in order, phrased."""

    ai_generated: "bool"
    claims: "list[Claim]"
    lang: "Language"
    method: "Method"
    reason_id: "ReasonId"
    sentences: "list[Sentence]"
    strength: "Strength"
    text: "str"
    worded_by: NotRequired["WordedBy | None"]

ReasonId: TypeAlias = "str"

class Rejected(TypedDict):
    """An event that was refused."""

    index: "int"
    message: "str"

class Request(TypedDict):
    """A request for recommendations."""

    context: NotRequired["RequestContext"]
    explain: NotRequired["bool"]
    filters: NotRequired["Filters"]
    k: NotRequired["int"]
    lang: NotRequired["Language | None"]
    phrasing: NotRequired["Phrasing | None"]
    pinned: NotRequired["list[Pinned]"]
    seed_items: NotRequired["list[ItemId]"]
    session: NotRequired["str | None"]
    shopper: NotRequired["SubjectId | None"]
    surface: NotRequired["Surface"]
    traffic: NotRequired["Traffic"]

class RequestContext(TypedDict):
    """The situation of one request, as the caller describes it."""

    device: NotRequired["Device | None"]
    now: NotRequired["Timestamp | None"]
    region: NotRequired["str | None"]
    zone_minutes: NotRequired["int | None"]

RequestId: TypeAlias = "str"

class ReviewBatch3(TypedDict):
    """Several, under a name."""

    reviews: "list[NewReview]"

ReviewBatch: TypeAlias = "NewReview | list[NewReview] | ReviewBatch3"

class ReviewsAcknowledged(TypedDict):
    """What became of a batch of reviews."""

    accepted: "int"
    known: "int"
    rejected: "list[Rejected]"

class Run(TypedDict):
    """An import and how far it is."""

    begun: "Timestamp"
    ended: NotRequired["Timestamp | None"]
    feed: NotRequired["str | None"]
    id: "str"
    origin: "Origin"
    problem: NotRequired["str | None"]
    progress: NotRequired["Progress | None"]
    report: NotRequired["dict[str, Any] | None"]
    source: "str"
    state: "RunState"

RunState: TypeAlias = "Literal['running', 'done', 'asked', 'failed']"

Season: TypeAlias = "Literal['spring', 'summer', 'autumn', 'winter']"

class Sentence(TypedDict):
    """One sentence and the claims it states."""

    claim_ids: "list[ClaimId]"
    text: "str"

class SignalShown(TypedDict):
    """One signal."""

    meaning: "Text"
    scale: "float"
    signal: "str"
    weight: "float"

Strength: TypeAlias = "Literal['weak', 'moderate', 'strong']"

SubjectId: TypeAlias = "str"

Surface: TypeAlias = "Literal['home', 'category', 'product', 'cart', 'message']"

SurveyId: TypeAlias = "str"

class Tag(TypedDict):
    """Something that a shopper says about themselves."""

    concept: "Concept"
    weight: "float"

class Tags(TypedDict):
    """Tags to be set."""

    tags: "list[Tag]"

class Taste(TypedDict):
    """One taste."""

    claim: "Claim"
    concept: "Concept"
    events: "list[HistoryRef]"
    remove: "Correction"
    weight: "float"

Text: TypeAlias = "str | Translations | None"

Timestamp: TypeAlias = "int"

class ToCorrect(TypedDict):
    """Something to put right."""

    correction: "Correction"
    list: NotRequired["Request"]

class Token(TypedDict):
    """A signed token."""

    expires: "Timestamp"
    token: "str"

class TokenRequest(TypedDict):
    """For whom a token is wanted: a shopper, or the visit of somebody without a name."""

    session: NotRequired["str | None"]
    shopper: NotRequired["SubjectId | None"]

Traffic: TypeAlias = "Literal['live', 'test', 'consenting']"

class Translations(TypedDict):
    """The same text in each language the shop wrote it in."""

    en: NotRequired["str | None"]
    ja: NotRequired["str | None"]
    zh: NotRequired["str | None"]

class Transparency(TypedDict):
    """How this shop recommends."""

    constants: NotRequired["dict[str, Any] | None"]
    history: "dict[str, Any]"
    model_version: NotRequired["ModelVersion | None"]
    principles: "list[Text]"
    shop: "str"
    signals: "list[SignalShown]"
    simulated: "bool"
    thresholds: "dict[str, Any]"
    training: NotRequired["dict[str, Any] | None"]

Unknown: TypeAlias = "Literal['no_history', 'profiling_off']"

class Unlisted(TypedDict):
    """An id that only events name."""

    item_id: "ItemId"
    n_events: "int"

class UnlistedIds(TypedDict):
    """Ids that only events name."""

    ids: "list[Unlisted]"
    n_ids: "int"

class UnusedEvents(TypedDict):
    """These steps, by the events that stand for them."""

    value: "list[IngestId]"
    what: "Literal['events']"

class UnusedItem(TypedDict):
    """Everything done so far with this item."""

    value: "ItemId"
    what: "Literal['item']"

class UnusedCategory(TypedDict):
    """Everything ever done with items of this category."""

    value: "str"
    what: "Literal['category']"

class UnusedBrand(TypedDict):
    """Everything ever done with items of this brand."""

    value: "str"
    what: "Literal['brand']"

class UnusedEverything(TypedDict):
    """Everything done and said so far."""

    what: "Literal['everything']"

Unused: TypeAlias = "UnusedEvents | UnusedItem | UnusedCategory | UnusedBrand | UnusedEverything"

class Variant(TypedDict):
    """One variant."""

    change: NotRequired["Change"]
    name: "str"
    weight: NotRequired["float"]

Verdict: TypeAlias = "Literal['verified', 'refuted', 'unsupported']"

class WebhookOutcomeItems(TypedDict):
    """Items that changed."""

    changed: "int"
    outcome: "Literal['items']"

class WebhookOutcomeEvents(TypedDict):
    """Events of an order."""

    accepted: "int"
    known: "int"
    outcome: "Literal['events']"

class WebhookOutcomeExport(TypedDict):
    """A customer may have what is kept about them: the shop hands it over from there."""

    outcome: "Literal['export']"
    path: NotRequired["str | None"]

class WebhookOutcomeErased(TypedDict):
    """A customer was erased."""

    found: "bool"
    outcome: "Literal['erased']"

class WebhookOutcomeEraseShop(TypedDict):
    """The whole shop is to be erased. That is done by removing its folder, which no request may."""

    outcome: "Literal['erase_shop']"

WebhookOutcome: TypeAlias = "WebhookOutcomeItems | WebhookOutcomeEvents | WebhookOutcomeExport | WebhookOutcomeErased | WebhookOutcomeEraseShop"

class Why(TypedDict):
    """A reason."""

    ai_generated: "bool"
    facts: "list[Fact]"
    line: "str"
    method: "str"
    reason_id: "str"
    sentences: "list[str]"
    strength: "str"
    strength_label: "str"

class WindowAllTime(TypedDict):
    """Everything ingested so far."""

    span: "Literal['all_time']"

class WindowDays(TypedDict):
    """The days up to an instant."""

    days: "int"
    span: "Literal['days']"
    until: "Timestamp"

Window: TypeAlias = "WindowAllTime | WindowDays"

class WordedBy(TypedDict):
    """The language model that chose the words of a reason."""

    model: "str"
    prompt_version: "str"
