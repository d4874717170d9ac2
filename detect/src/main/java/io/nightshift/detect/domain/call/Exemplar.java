package io.nightshift.detect.domain.call;

/** A call that shows something: the span that was judged. */
record Exemplar(String traceId, String spanId) {}
