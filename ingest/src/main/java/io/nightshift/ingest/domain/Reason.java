package io.nightshift.ingest.domain;

import java.util.Locale;

/** Why an item was left out or set aside. The lower-case name is the label of the counter. */
public enum Reason {
    /** Event time further ahead than allowed: set aside with its bytes, so that stream time does not move. */
    FAR_FUTURE(true, "time too far in the future (quarantined); check the sender's clock"),
    /** A staleness marker (OTLP's no-recorded-value flag or NaN): it says that there is no value, and so has none. */
    NO_VALUE(false, "no recorded value"),
    /** An infinite value: no statistics survive it. */
    NOT_FINITE(true, "infinite value"),
    TOO_MANY_ATTRIBUTES(true, "too many attributes on a series"),
    ATTRIBUTE_TOO_LONG(true, "an attribute of a series is too long"),
    TOO_MANY_SERIES(true, "too many new series of this service; its known series are still taken"),
    BROKEN_HISTOGRAM(true, "buckets and bounds of a histogram don't fit together"),
    UNKNOWN_TEMPORALITY(true, "a sum or histogram without aggregation temporality"),
    UNNAMED(true, "a metric without a name"),
    INVALID_ID(true, "a span without a valid trace id and span id");

    private final boolean senderShouldKnow;
    private final String sentence;

    Reason(boolean senderShouldKnow, String sentence) {
        this.senderShouldKnow = senderShouldKnow;
        this.sentence = sentence;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the answer reports the item as rejected; staleness markers are normal and would only make noise. */
    public boolean isReported() {
        return senderShouldKnow;
    }

    public String sentence() {
        return sentence;
    }
}
