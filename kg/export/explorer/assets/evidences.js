// Evidence rows, [passage, antecedent or -1, confidence, component, subject spans, object spans] → their documents.

export function documentOf(model, evidence) {
  return evidence === undefined ? null : model.excerpts[model.passages[evidence[0]].excerpt].doc;
}

// The evidence of a relation or figure, of the newest document first, undated last; as read where dates are equal.
export function newestFirst(model, evidence) {
  const date = (item) => model.documents[documentOf(model, item)].date || "";
  return evidence.map((item, at) => ({ item, at, date: date(item) }))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.at - b.at))
    .map(({ item }) => item);
}
